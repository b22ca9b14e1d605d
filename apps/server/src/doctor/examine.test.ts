import { generateKeyPairSync } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../settings/reader.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { openSettings, type SimulatedMerchant } from '../testing/settings.ts'
import { type Simulated, startSimulated } from '../testing/simulated.ts'
import { type ExamineOptions, examine } from './examine.ts'
import type { Finding } from './finding.ts'
import { formatFinding } from './report.ts'

const settings = openSettings()
const keys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const other = keys()
const printed: string[] = []
let simulated: Simulated
let testDb: TestDb
let merchant: SimulatedMerchant
let healthy: Source

beforeAll(async () => {
  ;[simulated, testDb] = [await startSimulated(), await openTestDb()]
  merchant = await simulated.call('GET', '/merchant')
  healthy = {
    ...settings.of(simulated.url, testDb.url, merchant),
    WECHATPAY_PAYSCORE_SERVICE_ID: simulated.serviceId,
    WECHATPAY_API_V2_KEY_FILE: settings.keep(simulated.merchant.apiV2Key),
  }
})
beforeEach(() => simulated.faults())
afterAll(async () => {
  await testDb?.close()
  await simulated?.close()
  settings.close()
})

async function look(change: Source = {}, options: ExamineOptions = {}) {
  const findings: Finding[] = []
  for await (const finding of examine({ source: { ...healthy, ...change }, ...options })) findings.push(finding)
  printed.push(...findings.flatMap(formatFinding))
  return {
    findings,
    by: (name: string) => findings.find((finding) => finding.name === name),
    fails: findings.filter(({ status }) => status === 'fail').map(({ name }) => name),
  }
}

/** Another merchant has another service. */
const noPayScore = { WECHATPAY_PAYSCORE_SERVICE_ID: '' }
const merchantOf = (mode: 'certificate' | 'public_key') =>
  simulated.call<SimulatedMerchant>('POST', '/merchants', { mode })

describe('a merchant whose settings are right', () => {
  test('has no fail, and every check says what it has seen', async () => {
    const { findings, fails, by } = await look()
    expect(fails).toEqual([])
    expect(findings.map(({ name, status }) => [name, status])).toEqual([
      ['settings', 'ok'],
      ['database', 'ok'],
      ['merchant certificate', 'ok'],
      ['merchant key', 'ok'],
      ['clock', 'ok'],
      ['APIv3 key', 'ok'],
      ['expiry', 'ok'],
      ['order', 'ok'],
      ['Pay Score', 'ok'],
      ['platform key', 'ok'],
      ['AppSecret', 'ok'],
      ['notify_url', 'skipped'],
      ['notify route', 'skipped'],
    ])
    expect(by('settings')?.what).toContain('simulator')
  })

  test('leaves no open order behind', async () => {
    await look()
    const { transactions } = await simulated.call<{ transactions: { outTradeNo: string; tradeState: string }[] }>(
      'GET',
      '/transactions',
    )
    expect(transactions.length).toBeGreaterThan(0)
    expect(transactions.filter(({ tradeState }) => tradeState !== 'CLOSED')).toEqual([])
  })

  test.each([
    ['public_key', 'no platform certificates', 'public key PUB_KEY_ID_'],
    ['certificate', 'it opens 1 platform certificate', 'platform certificate'],
  ] as const)('is well in mode %s too', async (mode, apiV3Key, platformKey) => {
    const of = settings.of(simulated.url, testDb.url, await merchantOf(mode))
    const { WECHATPAY_PUBLIC_KEY_ID = '', WECHATPAY_PUBLIC_KEY_FILE = '' } = of
    const { fails, by } = await look({ ...of, ...noPayScore, WECHATPAY_PUBLIC_KEY_ID, WECHATPAY_PUBLIC_KEY_FILE })
    expect(fails).toEqual([])
    expect(by('APIv3 key')?.what).toContain(apiV3Key)
    expect(by('APIv3 key')?.status).toBe(mode === 'certificate' ? 'ok' : 'skipped')
    expect(by('platform key')?.what).toContain(platformKey)
  })

  test('may leave the certificate out', async () => {
    const { by, fails } = await look({ WECHATPAY_MERCHANT_CERTIFICATE_FILE: '' })
    expect(fails).toEqual([])
    expect(by('merchant certificate')?.status).toBe('skipped')
  })
})

describe('what is wrong is named, with the remedy', () => {
  const cases: readonly [string, () => Source, string, RegExp, RegExp][] = [
    [
      'another private key',
      () => ({ WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: settings.keep(other.privateKey) }),
      'merchant key',
      /签名错误/,
      /apiclient_key\.pem/,
    ],
    [
      'another private key than the certificate',
      () => ({ WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: settings.keep(other.privateKey) }),
      'merchant certificate',
      /another key/,
      /one download/,
    ],
    [
      'another serial',
      () => ({ WECHATPAY_MERCHANT_SERIAL_NO: 'A'.repeat(40) }),
      'merchant key',
      /商户证书序列号有误/,
      /openssl x509/,
    ],
    [
      'another serial than the certificate',
      () => ({ WECHATPAY_MERCHANT_SERIAL_NO: 'A'.repeat(40) }),
      'merchant certificate',
      /serial/,
      /WECHATPAY_MERCHANT_SERIAL_NO=[0-9A-F]{40}/,
    ],
    [
      'another AppID',
      () => ({ WEIXIN_APPID: `wx${'9'.repeat(16)}` }),
      'order',
      /APPID_MCHID_NOT_MATCH/,
      /AppID账号管理/,
    ],
    ['another AppID', () => ({ WEIXIN_APPID: `wx${'9'.repeat(16)}` }), 'AppSecret', /40013/, /WEIXIN_APPID/],
    ['another AppSecret', () => ({ WEIXIN_APP_SECRET_FILE: settings.keep('wrong') }), 'AppSecret', /40125/, /开发设置/],
    [
      'another APIv3 key',
      () => ({ WECHATPAY_API_V3_KEY_FILE: settings.keep('x'.repeat(32)) }),
      'APIv3 key',
      /does not open/,
      /APIv3密钥/,
    ],
    [
      'another public key',
      () => ({ WECHATPAY_PUBLIC_KEY_FILE: settings.keep(other.publicKey) }),
      'platform key',
      /SIGNATURE_MISMATCH/,
      /pub_key\.pem/,
    ],
    [
      'another 公钥ID',
      () => ({ WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0000000000000000' }),
      'merchant key',
      /平台证书序列号Wechatpay-Serial错误/,
      /公钥ID/,
    ],
    [
      'no login host',
      () => ({ WEIXIN_API_BASE_URL: 'http://127.0.0.1:9' }),
      'AppSecret',
      /no usable answer/,
      /firewall/,
    ],
    ['no WeChat Pay', () => ({ WECHATPAY_BASE_URL: 'http://127.0.0.1:9' }), 'merchant key', /no answer/, /firewall/],
    [
      'no database',
      () => ({ DATABASE_URL: 'postgres://canary-user:canary-password@127.0.0.1:9/nowhere' }),
      'database',
      /ECONNREFUSED/,
      /DATABASE_URL/,
    ],
  ]
  test.each(cases)('%s', async (_, change, name, what, remedy) => {
    const { by } = await look(change())
    expect(by(name)).toMatchObject({
      status: 'fail',
      what: expect.stringMatching(what),
      remedy: expect.stringMatching(remedy),
    })
  })

  test('another APIv3 key where certificates are all there is', async () => {
    const of = settings.of(simulated.url, testDb.url, await merchantOf('certificate'))
    const none = { WECHATPAY_PUBLIC_KEY_ID: '', WECHATPAY_PUBLIC_KEY_FILE: '' }
    const { by } = await look({ ...of, ...none, WECHATPAY_API_V3_KEY_FILE: settings.keep('y'.repeat(32)) })
    expect(by('APIv3 key')).toMatchObject({ status: 'fail', what: expect.stringContaining('another APIv3密钥') })
  })

  test('a public key that is missing where there are no certificates', async () => {
    const of = settings.of(simulated.url, testDb.url, await merchantOf('public_key'))
    const { by } = await look({ ...of, WECHATPAY_PUBLIC_KEY_ID: '', WECHATPAY_PUBLIC_KEY_FILE: '' })
    expect(by('APIv3 key')).toMatchObject({
      status: 'fail',
      remedy: expect.stringContaining('WECHATPAY_PUBLIC_KEY_ID'),
    })
  })

  test("the merchant's own public key in the place of WeChat Pay's", async () => {
    const pair = keys()
    const { by } = await look({
      WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: settings.keep(pair.privateKey),
      WECHATPAY_PUBLIC_KEY_FILE: settings.keep(pair.publicKey),
    })
    expect(by('platform key')).toMatchObject({ status: 'fail', what: expect.stringContaining("merchant's own") })
  })

  test('a product that is not opened', async () => {
    const match = { path: '/v3/pay/transactions/jsapi' }
    await simulated.faults({ match, kind: 'error-before-effect', status: 403, code: 'NO_AUTH' })
    const { by } = await look()
    expect(by('order')).toMatchObject({ status: 'fail', remedy: expect.stringContaining('权限状态') })
  })

  describe('a Pay Score service', () => {
    const permit = (change: object) => simulated.call('PUT', `/payscore/services/${simulated.serviceId}`, change)

    test.each([{ hasPlanPermission: false }, { isEnrolled: false }])('with %o', async (missing) => {
      const [name] = Object.keys(missing)
      await permit(missing)
      const { by } = await look()
      await permit({ [String(name)]: true })
      expect(by('Pay Score')).toMatchObject({
        status: 'fail',
        what: expect.stringContaining('NO_AUTH'),
        remedy: expect.stringMatching(/按计划确认.*商户入驻/),
      })
    })

    test("that is somebody else's", async () => {
      const { by } = await look({ WECHATPAY_PAYSCORE_SERVICE_ID: '500999' })
      expect(by('Pay Score')).toMatchObject({ status: 'fail', what: expect.stringContaining('500999') })
    })

    test('may be left out, and so may the APIv2 key', async () => {
      expect((await look(noPayScore)).by('Pay Score')?.status).toBe('skipped')
      expect((await look({ WECHATPAY_API_V2_KEY_FILE: '' })).by('Pay Score')).toMatchObject({
        status: 'ok',
        what: expect.stringContaining('WECHATPAY_API_V2_KEY_FILE'),
      })
    })

    test('is looked at without asking anybody to sign anything', async () => {
      await look()
      expect(await simulated.call('GET', '/payscore/sign-plans')).toEqual({ signPlans: [] })
    })
  })

  test('an order that may be there after an error is closed all the same', async () => {
    const match = { path: '/v3/pay/transactions/jsapi' }
    await simulated.faults({ match, kind: 'error-after-effect' })
    const { by } = await look()
    expect(by('order')).toMatchObject({ status: 'warn', what: expect.stringContaining('SYSTEM_ERROR') })
    const { transactions } = await simulated.call<{ transactions: { tradeState: string }[] }>('GET', '/transactions')
    expect(transactions[0]?.tradeState).toBe('CLOSED')
  })

  test('a clock that is off, before everything that it breaks', async () => {
    const ahead = (seconds: number) => ({ now: () => new Date(Date.now() + seconds * 1000) })
    expect((await look({}, ahead(60))).by('clock')).toMatchObject({
      status: 'warn',
      what: expect.stringMatching(/^6[01] s ahead of/),
    })
    const { by } = await look({}, ahead(400))
    expect(by('clock')).toMatchObject({ status: 'fail', what: expect.stringMatching(/^40[01] s ahead of/) })
    expect(by('merchant key')).toMatchObject({ status: 'fail', remedy: expect.stringContaining('chrony') })
  })

  test('WeChat Pay in trouble is no fault of ours', async () => {
    await simulated.faults({ match: { path: '/v3/*' }, kind: 'rate-limit', count: 50 })
    const { by, fails } = await look()
    expect(fails).toEqual([])
    expect(by('APIv3 key')?.status).toBe('warn')
    expect(by('merchant key')?.status).toBe('warn')
    expect(by('order')?.status).toBe('warn')
    expect(by('platform key')).toMatchObject({
      status: 'warn',
      remedy: expect.stringContaining('after the first order'),
    })
  })

  test('an answer with a serial that nobody knows', async () => {
    await simulated.faults({ match: { path: '/v3/*' }, kind: 'wrong-serial', count: 50 })
    const { by } = await look()
    expect(by('platform key')).toMatchObject({
      status: 'fail',
      what: expect.stringContaining('SERIAL_UNKNOWN'),
      remedy: expect.stringContaining('WECHATPAY_PUBLIC_KEY_ID'),
    })
    expect(by('order')).toMatchObject({ status: 'warn', remedy: 'see: platform key' })
  })

  test('a migration that is missing, and a database without any', async () => {
    await sql`delete from migration where name like '0001%'`.execute(testDb.db)
    const missing = expect.stringContaining('0001')
    expect((await look()).by('database')).toMatchObject({
      status: 'fail',
      what: missing,
      remedy: 'run: pnpm shouyin migrate',
    })
    await sql`drop table migration`.execute(testDb.db)
    expect((await look()).by('database')).toMatchObject({ status: 'fail', what: missing })
  })
})

test('every setting that is wrong is printed, and nothing else is tried', async () => {
  const { findings } = await look({ WECHATPAY_MCHID: 'x', WEIXIN_APPID: '', DATABASE_URL: 'mysql://canary-dsn' })
  expect(findings.map(({ name, status }) => [name, status])).toEqual([
    ['settings', 'fail'],
    ['settings', 'fail'],
    ['settings', 'fail'],
    ['all others', 'skipped'],
  ])
  const text = JSON.stringify(findings)
  for (const setting of ['WECHATPAY_MCHID', 'WEIXIN_APPID', 'DATABASE_URL']) expect(text).toContain(setting)
  for (const finding of findings.slice(0, 3)) expect(finding.remedy).toMatch(/\S{3}/)
})

test('no secret was in any of the lines above', () => {
  const text = printed.join('\n')
  const secrets = [
    ...[merchant.appSecret, merchant.apiV3Key, 'canary-password', 'canary-dsn', 'x'.repeat(32), 'y'.repeat(32)],
    ...[merchant.merchantPrivateKeyPem, other.privateKey].map((pem) => pem.split('\n')[1] ?? ''),
  ]
  expect(printed.length).toBeGreaterThan(200)
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8)
    expect(text).not.toContain(secret)
  }
})
