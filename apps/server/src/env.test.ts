import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDatabaseUrl, readEnv } from './env.ts'
import type { Source } from './settings/reader.ts'
import { type Simulated, startSimulated } from './testing/simulated.ts'

const folder = mkdtempSync(join(tmpdir(), 'shouyin-env-'))
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
function keep(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const API_V3_KEY = '0123456789abcdef0123456789abcdef'
const API_V2_KEY = 'canary9f3bd2471ab2c8d09e5517afaa'
const API_V3_KEY_BEFORE = 'fedcba9876543210fedcba9876543210'
const files = {
  key: keep('apiclient_key.pem', keys.privateKey),
  apiV3: keep('apiv3', `${API_V3_KEY}\n`),
  apiV2: keep('apiv2', `${API_V2_KEY}\n`),
  publicKey: keep('pub_key.pem', keys.publicKey),
  secret: keep('secret', ' canary-app-secret\n'),
}
const simulation: Source = {
  DATABASE_URL: 'postgres://shouyin@127.0.0.1:5432/shouyin',
  WECHATPAY_BASE_URL: 'http://127.0.0.1:8701',
  WEIXIN_API_BASE_URL: 'http://127.0.0.1:8701',
  WECHATPAY_MCHID: '1900000001',
  WECHATPAY_MERCHANT_SERIAL_NO: '5157f09efdc096de15ebe81a47057a7232f1b8e1',
  WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: files.key,
  WECHATPAY_API_V3_KEY_FILE: files.apiV3,
  WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000000012026112100000000000000',
  WECHATPAY_PUBLIC_KEY_FILE: files.publicKey,
  WEIXIN_APPID: 'wxd678efh567hg6787',
  WEIXIN_APP_SECRET_FILE: files.secret,
}
const live: Source = {
  ...simulation,
  WECHATPAY_BASE_URL: 'https://api.mch.weixin.qq.com',
  WEIXIN_API_BASE_URL: 'https://api.weixin.qq.com',
  PUBLIC_URL: 'https://shop.example.com',
}

let simulated: Simulated
beforeAll(async () => {
  simulated = await startSimulated()
})
afterAll(async () => {
  await simulated?.close()
  rmSync(folder, { recursive: true })
})

describe('settings', () => {
  test('come out as usable objects', () => {
    const env = readEnv({ ...simulation, BUSINESS_CLOCK_URL: 'http://127.0.0.1:8701/_sim/clock' })
    expect(env).toMatchObject({
      host: '127.0.0.1',
      port: 8700,
      live: false,
      orderTtlSeconds: 1800,
      refundApprovalAboveFen: 100_000,
      refundAutoApproveFen: 0,
      publicUrl: undefined,
    })
    expect(env.merchant.privateKey.type).toBe('private')
    expect(env.merchant.apiV3Key).toHaveLength(32)
    expect(env.merchant.previousApiV3Key).toBeUndefined()
    expect(env.openApi.appSecret).toBe('canary-app-secret')
    expect(env.businessClockUrl?.pathname).toBe('/_sim/clock')
  })

  test('take the APIv3 key of before a change', () => {
    const previous = keep('previous', `${API_V3_KEY_BEFORE}\n`)
    const { merchant } = readEnv({ ...simulation, WECHATPAY_API_V3_KEY_PREVIOUS_FILE: previous })
    expect([merchant.apiV3Key, merchant.previousApiV3Key].map(String)).toEqual([API_V3_KEY, API_V3_KEY_BEFORE])
  })

  test.each([
    [{}, undefined],
    [{ WECHATPAY_API_V2_KEY_FILE: files.apiV2 }, undefined],
    [{ WECHATPAY_PAYSCORE_SERVICE_ID: '500001' }, { serviceId: '500001', apiV2Key: null }],
    [
      { WECHATPAY_PAYSCORE_SERVICE_ID: '2002000000000558128851361561536', WECHATPAY_API_V2_KEY_FILE: files.apiV2 },
      { serviceId: '2002000000000558128851361561536', apiV2Key: API_V2_KEY },
    ],
  ])('have Pay Score where there is a service: %o', (setting, payScore) => {
    expect(readEnv({ ...simulation, ...setting }).payScore).toEqual(payScore)
  })

  test.each([
    [{}, false],
    [{ SHIPPING_INFO: 'off' }, false],
    [{ SHIPPING_INFO: 'on' }, true],
  ])('tell WeChat what was shipped only when asked to: %o', (setting, shippingInfo) => {
    expect(readEnv({ ...simulation, ...setting }).shippingInfo).toBe(shippingInfo)
  })

  test('take certificate mode when no public key is named', () => {
    const { WECHATPAY_PUBLIC_KEY_ID: _, WECHATPAY_PUBLIC_KEY_FILE: __, ...rest } = simulation
    expect(readEnv(rest).merchant.publicKey).toBeUndefined()
  })

  test.each([
    [{ PORT: '1', SERVER_PORT: '2' }, 1],
    [{ SERVER_PORT: '2' }, 2],
    [{}, 8700],
  ])('take the port from PORT, then SERVER_PORT: %o', (ports, port) => {
    expect(readEnv({ ...simulation, ...ports }).port).toBe(port)
  })

  test('that are missing are named all at once', () => {
    expect(() => readEnv({})).toThrow(/DATABASE_URL is not set/)
    const names = Object.keys(simulation).filter((name) => !/BASE_URL|PUBLIC_KEY/.test(name))
    for (const name of names) expect(() => readEnv({})).toThrow(`${name} is not set`)
  })

  test.each<[change: Source, message: RegExp]>([
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must look like postgres:\/\//],
    [{ PORT: '70000' }, /PORT must be a whole number from 0 to 65535/],
    [{ SERVER_PORT: 'x' }, /SERVER_PORT must be/],
    [{ ORDER_TTL_SECONDS: '0' }, /ORDER_TTL_SECONDS must be/],
    [{ ORDER_TTL_SECONDS: '1e3' }, /ORDER_TTL_SECONDS must be/],
    [{ REFUND_APPROVAL_ABOVE_FEN: '1000.5' }, /REFUND_APPROVAL_ABOVE_FEN must be a whole number/],
    [{ REFUND_AUTO_APPROVE_FEN: '-1' }, /REFUND_AUTO_APPROVE_FEN must be a whole number/],
    [{ RATE_LIMIT_KEY: '0' }, /RATE_LIMIT_KEY must be/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    [{ SHIPPING_INFO: 'yes' }, /SHIPPING_INFO must be one of off, on/],
    [{ WECHATPAY_BASE_URL: 'http://api.mch.weixin.qq.com' }, /WECHATPAY_BASE_URL is plain http to another machine/],
    [{ WECHATPAY_BASE_URL: 'https://api.mch.weixin.qq.com/v3' }, /WECHATPAY_BASE_URL must be an origin/],
    [{ WEIXIN_API_BASE_URL: 'http://10.0.0.1' }, /WEIXIN_API_BASE_URL is plain http to another machine/],
    [{ PUBLIC_URL: 'http://shop.example.com' }, /PUBLIC_URL is plain http to another machine/],
    [{ BUSINESS_CLOCK_URL: 'ftp://127.0.0.1' }, /BUSINESS_CLOCK_URL must be an https URL/],
    [{ WECHATPAY_MCHID: 'abc' }, /WECHATPAY_MCHID must be the 商户号/],
    [{ WECHATPAY_MERCHANT_SERIAL_NO: '123' }, /WECHATPAY_MERCHANT_SERIAL_NO must be .* openssl x509/],
    [{ WECHATPAY_PUBLIC_KEY_ID: '0119' }, /WECHATPAY_PUBLIC_KEY_ID must be the 公钥ID/],
    [{ WECHATPAY_PUBLIC_KEY_ID: '' }, /WECHATPAY_PUBLIC_KEY_ID is not set/],
    [{ WECHATPAY_PUBLIC_KEY_FILE: files.key }, /WECHATPAY_PUBLIC_KEY_FILE is not a public key/],
    [{ WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: files.publicKey }, /WECHATPAY_MERCHANT_PRIVATE_KEY_FILE .* public key/],
    [{ WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: join(folder, 'none') }, /cannot be read \(ENOENT\)/],
    [{ WECHATPAY_API_V3_KEY_FILE: files.secret }, /WECHATPAY_API_V3_KEY_FILE must hold 32 bytes, not 17/],
    [{ WECHATPAY_API_V3_KEY_PREVIOUS_FILE: files.secret }, /KEY_PREVIOUS_FILE must hold 32 bytes, not 17/],
    [{ WECHATPAY_PAYSCORE_SERVICE_ID: '5000 01' }, /WECHATPAY_PAYSCORE_SERVICE_ID must be the 服务ID/],
    [{ WECHATPAY_PAYSCORE_SERVICE_ID: '1'.repeat(33) }, /WECHATPAY_PAYSCORE_SERVICE_ID must be the 服务ID/],
    [
      { WECHATPAY_PAYSCORE_SERVICE_ID: '500001', WECHATPAY_API_V2_KEY_FILE: files.secret },
      /WECHATPAY_API_V2_KEY_FILE must hold 32 characters: 商户平台 .* APIv2密钥/,
    ],
    [
      { WECHATPAY_PAYSCORE_SERVICE_ID: '500001', WECHATPAY_API_V2_KEY_FILE: join(folder, 'none') },
      /WECHATPAY_API_V2_KEY_FILE names a file that cannot be read/,
    ],
    [{ WEIXIN_APP_SECRET_FILE: keep('empty', ' \n') }, /WEIXIN_APP_SECRET_FILE names an empty file/],
    [{ WECHATPAY_MERCHANT_CERTIFICATE_FILE: files.publicKey }, /MERCHANT_CERTIFICATE_FILE is no certificate; pass/],
    [{ WEIXIN_APPID: 'd678' }, /WEIXIN_APPID must be/],
    [{ TRUSTED_PROXIES: '10.0.0.5, proxy' }, /TRUSTED_PROXIES has "proxy"; write addresses or networks/],
    [{ METRICS_TOKEN_FILE: join(folder, 'none') }, /METRICS_TOKEN_FILE names a file that cannot be read/],
    [{ METRICS_TOKEN_FILE: keep('short', 'secret\n') }, /METRICS_TOKEN_FILE must hold 16 or more .* openssl rand/],
  ])('%o is refused with its remedy', (change, message) => {
    expect(() => readEnv({ ...simulation, ...change })).toThrow(message)
  })

  test('never quote what a secret file holds', () => {
    const broken = keep('broken.pem', `-----BEGIN PRIVATE KEY-----\nCANARYCANARY\n-----END PRIVATE KEY-----\n`)
    const change = {
      WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: broken,
      WECHATPAY_API_V3_KEY_FILE: files.secret,
      WECHATPAY_PAYSCORE_SERVICE_ID: '500001',
      WECHATPAY_API_V2_KEY_FILE: keep('apiv2-short', API_V2_KEY.slice(1)),
    }
    const message = messageOf(() => readEnv({ ...simulation, ...change }))
    expect(message).not.toMatch(/CANARY|canary/)
  })

  test('for commands that need only the database', () => {
    expect(readDatabaseUrl(simulation)).toBe(simulation.DATABASE_URL)
    expect(() => readDatabaseUrl({})).toThrow(/DATABASE_URL is not set/)
  })
})

describe('live', () => {
  test('is whatever is not this machine', () => {
    expect(readEnv(live).live).toBe(true)
    const { WECHATPAY_BASE_URL: _, ...official } = live
    expect(readEnv(official).live).toBe(true)
    for (const url of ['http://localhost:1', 'http://[::1]:1', 'http://127.9.9.9:1']) {
      expect(readEnv({ ...simulation, WECHATPAY_BASE_URL: url }).live).toBe(false)
    }
  })

  test.each<[change: Source, message: RegExp]>([
    [{ PUBLIC_URL: undefined }, /PUBLIC_URL is not set/],
    [{ PUBLIC_URL: 'http://127.0.0.1:8700' }, /PUBLIC_URL must be https/],
    [{ BUSINESS_CLOCK_URL: 'http://127.0.0.1:8701/_sim/clock' }, /BUSINESS_CLOCK_URL is for simulators/],
    [{ WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: keep('open.pem', keys.privateKey, 0o640) }, /mode 640\); chmod 600/],
    [{ WECHATPAY_API_V3_KEY_FILE: keep('open', API_V3_KEY, 0o604) }, /mode 604\); chmod 600/],
    [{ WEIXIN_APP_SECRET_FILE: keep('open-secret', 'x', 0o644) }, /mode 644\); chmod 600/],
    [
      { WECHATPAY_PAYSCORE_SERVICE_ID: '500001', WECHATPAY_API_V2_KEY_FILE: keep('open-v2', API_V2_KEY, 0o640) },
      /WECHATPAY_API_V2_KEY_FILE names a file that others may read \(mode 640\); chmod 600/,
    ],
  ])('refuses %o', (change, message) => {
    expect(() => readEnv({ ...live, ...change })).toThrow(message)
  })

  test('takes secrets as systemd hands them over, and from no folder that only looks like it', () => {
    const shared = keep('shared.pem', keys.privateKey, 0o440)
    const of = (CREDENTIALS_DIRECTORY: string) =>
      readEnv({ ...live, WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: shared, CREDENTIALS_DIRECTORY })
    expect(of(folder).live).toBe(true)
    for (const other of ['', folder.slice(0, -1), join(folder, '..')]) {
      expect(() => of(other)).toThrow(/others may read \(mode 440\)/)
    }
    chmodSync(shared, 0o444)
    expect(() => of(folder)).toThrow(/others may read \(mode 444\)/)
  })

  test('refuses files of the simulator', () => {
    const [certificate] = simulated.merchant.platformCertificates
    const mixed = keep('mixed.pem', `${keys.privateKey}${certificate?.certificatePem}`)
    const change = { WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: mixed }
    expect(() => readEnv({ ...live, ...change })).toThrow(/certificate of Shouyin Simulator/)
    const file = { WECHATPAY_MERCHANT_CERTIFICATE_FILE: keep('cert.pem', certificate?.certificatePem ?? '') }
    expect(() => readEnv({ ...live, ...file })).toThrow(/CERTIFICATE_FILE holds a certificate of Shouyin Simulator/)
    expect(readEnv({ ...simulation, ...file }).merchant.certificate?.issuer).toContain('Shouyin Simulator')
    const serial = { WECHATPAY_MERCHANT_SERIAL_NO: simulated.merchant.merchantSerialNo }
    expect(() => readEnv({ ...live, ...serial })).toThrow(/SERIAL_NO is of a certificate of Shouyin Simulator/)
    expect(() => readEnv({ ...simulation, ...serial })).not.toThrow()
  })
})

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('it was accepted')
}
