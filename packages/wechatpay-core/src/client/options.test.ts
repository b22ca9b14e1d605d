import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createWechatPay } from '../index.ts'
import { makeParties } from '../testing/index.ts'
import type { WechatPayOptions } from './options.ts'
import { readOptions } from './options.ts'

const { options } = makeParties()

describe('construction checks every setting', () => {
  it.each<[string, Partial<WechatPayOptions>]>([
    ['mchid', { mchid: '' }],
    ['mchid', { mchid: 'wx123' }],
    ['merchantSerialNo', { merchantSerialNo: 'abc' }],
    ['privateKey', { privateKey: 'abc' }],
    ['apiV3Key', { apiV3Key: 'x'.repeat(31) }],
    ['apiV3Key', { apiV3Key: 'x'.repeat(16) }],
    ['apiV3Key', { apiV3Key: '密'.repeat(32) }],
    ['platformKeys', { platformKeys: { fetchCertificates: false } }],
    ['baseUrl', { baseUrl: 'ftp://example.com' }],
    ['baseUrl', { baseUrl: 'http://api.example.com' }],
    ['baseUrl', { baseUrl: 'https://api.example.com/v3' }],
    ['backupBaseUrl', { backupBaseUrl: 'nowhere' }],
    ['deadlineMs', { deadlineMs: 0 }],
  ])('a wrong %s is refused by name', (setting, change) => {
    expect(() => createWechatPay({ ...options, ...change })).toThrow(setting)
    expect(() => createWechatPay({ ...options, ...change })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_INVALID' }),
    )
  })

  it('wants a private key or a signer, not both and not neither', () => {
    const { privateKey: _, ...bare } = options
    expect(() => createWechatPay(bare)).toThrow('privateKey is missing')
    expect(() => createWechatPay({ ...options, signer: { sign: async () => '' } })).toThrow('not both')
  })

  it('P7: another base URL never falls back to the official hosts', () => {
    expect(readOptions(options).hosts.map(String)).toEqual([
      'https://api.mch.weixin.qq.com/',
      'https://api2.mch.weixin.qq.com/',
    ])
    expect(readOptions({ ...options, baseUrl: 'http://127.0.0.1:8701' }).hosts.map(String)).toEqual([
      'http://127.0.0.1:8701/',
    ])
    const both = readOptions({ ...options, baseUrl: 'http://127.0.0.1:1', backupBaseUrl: 'http://127.0.0.1:2' })
    expect(both.hosts.map(String)).toEqual(['http://127.0.0.1:1/', 'http://127.0.0.1:2/'])
  })

  it('no secret is printable', () => {
    const wechatPay = createWechatPay(options)
    const printed = `${inspect(wechatPay, { depth: 9, showHidden: true })}${JSON.stringify(wechatPay)}`
    expect(printed).not.toContain(options.apiV3Key)
    expect(printed).not.toContain('PRIVATE KEY')
    wechatPay.close()
  })
})
