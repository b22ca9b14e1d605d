import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createWechatPay, type PlatformKeysOptions, type Transport } from '../index.ts'
import { makeParties, vector } from '../testing/index.ts'
import type { WechatPayOptions } from './options.ts'
import { readOptions } from './options.ts'

const { baseUrl: _, ...options } = makeParties().options

describe('construction checks every setting', () => {
  it.each<[string, Partial<WechatPayOptions>]>([
    ['mchid', { mchid: '' }],
    ['mchid', { mchid: 'wx123' }],
    ['merchantSerialNo', { merchantSerialNo: 'abc' }],
    ['privateKey', { privateKey: 'abc' }],
    ['apiV3Key', { apiV3Key: 'x'.repeat(31) }],
    ['apiV3Key', { apiV3Key: 'x'.repeat(16) }],
    ['apiV3Key', { apiV3Key: '密'.repeat(32) }],
    ['previousApiV3Key', { previousApiV3Key: 'x'.repeat(31) }],
    ['platformKeys', { platformKeys: { fetchCertificates: false } }],
    ['baseUrl', { baseUrl: 'ftp://example.com' }],
    ['baseUrl', { baseUrl: 'http://api.example.com' }],
    ['baseUrl', { baseUrl: 'https://api.example.com/v3' }],
    ['backupBaseUrl', { backupBaseUrl: 'nowhere' }],
    ['baseUrl', { baseUrl: 'https://:secret@api.example.com' }],
    ['deadlineMs', { deadlineMs: 0 }],
    ['deadlineMs', { deadlineMs: 2 ** 31 }],
    ['stallMs', { stallMs: 0.5 }],
    ['merchantSerialNo', { merchantSerialNo: undefined as unknown as string }],
    ['merchantSerialNo', { merchantSerialNo: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----' }],
    ['apiV3Key', { apiV3Key: undefined as unknown as string }],
    ['platformKeys', { platformKeys: undefined as unknown as PlatformKeysOptions }],
    [
      'platformKeys.publicKey.pem',
      { platformKeys: { publicKey: { id: 'PUB_KEY_ID_1' } as unknown as { id: string; pem: string } } },
    ],
    ['platformKeys.certificates', { platformKeys: { certificates: 'x' as unknown as string[] } }],
    ['transport', { transport: {} as unknown as Transport }],
    ['clock', { clock: { now: () => new Date(Number.NaN) } }],
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
    const hostsOf = (change: Partial<WechatPayOptions>) => {
      const { baseUrl, backupBaseUrl } = readOptions({ ...options, ...change })
      return [baseUrl.origin, backupBaseUrl?.origin]
    }
    expect(hostsOf({})).toEqual(['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'])
    expect(hostsOf({ baseUrl: 'http://127.0.0.1:8701' })).toEqual(['http://127.0.0.1:8701', undefined])
    const both = { baseUrl: 'http://127.0.0.1:1', backupBaseUrl: 'http://127.0.0.1:2' }
    expect(hostsOf(both)).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2'])
  })

  it('takes off the newline with which a key file ends', () => {
    for (const end of ['', '\n', '\r\n']) {
      const given = { apiV3Key: `${options.apiV3Key}${end}`, previousApiV3Key: `${'p'.repeat(32)}${end}` }
      const { apiV3Keys } = readOptions({ ...options, ...given })
      expect(apiV3Keys.map((key) => key.symmetricKeySize)).toEqual([32, 32])
    }
  })

  it('refuses a certificate of another key than the private key', () => {
    const { certificatePem = '', serial, privateKeyPem = '' } = vector('C3')
    expect(() => createWechatPay({ ...options, merchantSerialNo: certificatePem })).toThrow('another key')
    const pair = { ...options, merchantSerialNo: certificatePem, privateKey: privateKeyPem }
    expect(readOptions(pair).merchantSerialNo).toBe(serial)
  })

  it('no secret is printable', () => {
    const wechatPay = createWechatPay(options)
    const printed = `${inspect(wechatPay, { depth: 9, showHidden: true })}${JSON.stringify(wechatPay)}`
    expect(printed).not.toContain(options.apiV3Key)
    expect(printed).not.toContain('PRIVATE KEY')
    wechatPay.close()
  })
})
