import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const core = new URL('../../wechatpay-core/', import.meta.url).pathname
const bin = new URL('../node_modules/.bin/', import.meta.url).pathname
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shouyin-package-')))
const installed = join(folder, 'node_modules/@shouyin/wechatpay-core')
let tarball = ''

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' })

/** What a user gets: the packed files and its one dependency, in a folder that knows nothing of this repository. */
beforeAll(() => {
  run('pnpm', ['pack', '--pack-destination', folder], core)
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
  mkdirSync(installed, { recursive: true })
  run('tar', ['xzf', tarball, '--strip-components=1', '-C', installed], folder)
  symlinkSync(realpathSync(join(core, 'node_modules/valibot')), join(folder, 'node_modules/valibot'), 'dir')
  mkdirSync(join(folder, 'node_modules/@types'))
  symlinkSync(realpathSync(join(core, 'node_modules/@types/node')), join(folder, 'node_modules/@types/node'), 'dir')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const use = `
const merchant = { mchid: '1900000001', merchantSerialNo: '0'.repeat(40), apiV3Key: '0'.repeat(32), signer: { sign: async () => '' } }
const wechatPay = createWechatPay({ ...merchant, platformKeys: { fetchCertificates: true } })
wechatPay.close()
console.log(endpoints.createJsapi.url, typeof openAesGcm, typeof createOpenApi)
`
const expected = '/v3/pay/transactions/jsapi function function\n'

describe('the packed @shouyin/wechatpay-core', () => {
  it('P12: is imported by an ESM project', () => {
    const imports = `import { createWechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { openAesGcm } from '@shouyin/wechatpay-core/crypto'
import { createOpenApi } from '@shouyin/wechatpay-core/open-api'`
    writeFileSync(join(folder, 'esm.mjs'), imports + use)
    expect(run('node', ['esm.mjs'], folder)).toBe(expected)
  })

  it('P12: is required by a CommonJS project', () => {
    const imports = `const { createWechatPay } = require('@shouyin/wechatpay-core')
const { endpoints } = require('@shouyin/wechatpay-core/payments')
const { openAesGcm } = require('@shouyin/wechatpay-core/crypto')
const { createOpenApi } = require('@shouyin/wechatpay-core/open-api')`
    writeFileSync(join(folder, 'cjs.cjs'), imports + use)
    expect(run('node', ['cjs.cjs'], folder)).toBe(expected)
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
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['typed.mts'] }))
    const source = `import { createWechatPay, type WechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
export const prepay = async (client: WechatPay): Promise<string> => {
  const answer = await client.call(endpoints.queryByOutTradeNo, { path: { out_trade_no: 'n' }, query: { mchid: '1' } })
  return answer.trade_state
}
export const make = createWechatPay
`
    writeFileSync(join(folder, 'typed.mts'), source)
    expect(run(join(bin, 'tsc'), ['-p', '.'], folder)).toBe('')
  })

  it('passes publint and attw', () => {
    expect(run(join(bin, 'publint'), [tarball, '--strict'], folder)).toContain('All good')
    expect(run(join(bin, 'attw'), [tarball, '--profile', 'esm-only', '--format', 'json'], folder)).toBeTruthy()
  })

  it('has one dependency, no tests and none of the test keys', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      readonly dependencies: object
    }
    expect(Object.keys(manifest.dependencies)).toEqual(['valibot'])
    const files = run('tar', ['tzf', tarball], folder).split('\n')
    expect(files.filter((file) => /test|vectors/.test(file))).toEqual([])
    const contents = files
      .filter((file) => /\.(js|json)$/.test(file))
      .map((file) => readFileSync(join(installed, file.replace('package/', '')), 'utf8'))
    expect(contents.length).toBeGreaterThan(40)
    expect(contents.filter((text) => text.includes('-----BEGIN'))).toEqual([])
  })
})
