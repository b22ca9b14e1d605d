import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Packed, packPackage } from '../support/packed.ts'

const core = new URL('../../wechatpay-core/', import.meta.url).pathname
const bin = new URL('../node_modules/.bin/', import.meta.url).pathname
let packed: Packed

/** With its one dependency, and the types that a project of its own has. */
beforeAll(() => {
  packed = packPackage('@shouyin/wechatpay-core', core)
  for (const name of ['valibot', '@types/node']) packed.link(name)
}, 60_000)
afterAll(() => packed.remove())

const use = `
const merchant = { mchid: '1900000001', merchantSerialNo: '0'.repeat(40), apiV3Key: '0'.repeat(32), signer: { sign: async () => '' } }
const wechatPay = createWechatPay({ ...merchant, platformKeys: { fetchCertificates: true } })
wechatPay.close()
console.log(endpoints.createJsapi.url, typeof openAesGcm, typeof createOpenApi, payScore.planTransitions.NORMAL[0])
console.log(cards.prepareCard.url, takeCardPage('a+b').path)
`
const expected = `/v3/pay/transactions/jsapi function function STOP
/v3/discount-card/cards /pages/get-card/get-card?prepare_card_token=a%2Bb
`

describe('the packed @shouyin/wechatpay-core', () => {
  it('P12: is imported by an ESM project', () => {
    const imports = `import { createWechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { states as payScore } from '@shouyin/wechatpay-core/payscore'
import { endpoints as cards } from '@shouyin/wechatpay-core/discount-card'
import { takeCardPage } from '@shouyin/wechatpay-core/protocol'
import { openAesGcm } from '@shouyin/wechatpay-core/crypto'
import { createOpenApi } from '@shouyin/wechatpay-core/open-api'`
    writeFileSync(join(packed.folder, 'esm.mjs'), imports + use)
    expect(packed.run('node', ['esm.mjs'])).toBe(expected)
  })

  it('P12: is required by a CommonJS project', () => {
    const imports = `const { createWechatPay } = require('@shouyin/wechatpay-core')
const { endpoints } = require('@shouyin/wechatpay-core/payments')
const { states: payScore } = require('@shouyin/wechatpay-core/payscore')
const { endpoints: cards } = require('@shouyin/wechatpay-core/discount-card')
const { takeCardPage } = require('@shouyin/wechatpay-core/protocol')
const { openAesGcm } = require('@shouyin/wechatpay-core/crypto')
const { createOpenApi } = require('@shouyin/wechatpay-core/open-api')`
    writeFileSync(join(packed.folder, 'cjs.cjs'), imports + use)
    expect(packed.run('node', ['cjs.cjs'])).toBe(expected)
  })

  it('has types that a strict project accepts without skipLibCheck', () => {
    const compilerOptions = {
      strict: true,
      module: 'nodenext',
      target: 'es2024',
      noEmit: true,
      types: ['node'],
      exactOptionalPropertyTypes: true,
    }
    writeFileSync(join(packed.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['typed.mts'] }))
    const source = `import { createWechatPay, type WechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
export const prepay = async (client: WechatPay): Promise<string> => {
  const answer = await client.call(endpoints.queryByOutTradeNo, { path: { out_trade_no: 'n' }, query: { mchid: '1' } })
  return answer.trade_state
}
export const make = createWechatPay
`
    writeFileSync(join(packed.folder, 'typed.mts'), source)
    expect(packed.run(join(bin, 'tsc'), ['-p', '.'])).toBe('')
  })

  it('passes publint and attw', () => {
    expect(packed.run(join(bin, 'publint'), [packed.tarball, '--strict'])).toContain('All good')
    expect(packed.run(join(bin, 'attw'), [packed.tarball, '--profile', 'esm-only', '--format', 'json'])).toBeTruthy()
  })

  it('has every subpath of the sources but that for tests, each with its file', () => {
    const subpathsOf = (folder: string): Readonly<Record<string, string>> =>
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).exports
    const { './testing': _, ...sources } = subpathsOf(core)
    const published = subpathsOf(packed.installed)
    expect(Object.keys(published)).toEqual(Object.keys(sources))
    for (const [subpath, file] of Object.entries(published)) {
      expect(existsSync(join(packed.installed, file)), subpath).toBe(true)
      expect(file).toBe(sources[subpath]?.replace('./src/', './dist/').replace(/\.ts$/, '.js'))
    }
  })

  it('has one dependency, no tests and none of the test keys', () => {
    const manifest = JSON.parse(readFileSync(join(packed.installed, 'package.json'), 'utf8')) as {
      readonly dependencies: object
    }
    expect(Object.keys(manifest.dependencies)).toEqual(['valibot'])
    const files = packed.run('tar', ['tzf', packed.tarball]).split('\n')
    expect(files.filter((file) => /test|vectors/.test(file))).toEqual([])
    const contents = files
      .filter((file) => /\.(js|json)$/.test(file))
      .map((file) => readFileSync(join(packed.installed, file.replace('package/', '')), 'utf8'))
    expect(contents.length).toBeGreaterThan(40)
    expect(contents.filter((text) => text.includes('-----BEGIN'))).toEqual([])
  })
})
