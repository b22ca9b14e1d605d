import { makeParties, type Reply, startPlatform } from '@shouyin/wechatpay-core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnv } from '../../env.ts'
import { openSettings } from '../../testing/settings.ts'
import { openDoctor } from '../context.ts'
import { checkOrder } from './order.ts'

const parties = makeParties()
const { options } = parties
const settings = openSettings()
afterAll(() => settings.close())

/** What the check says, and what it has sent, when orders are answered like this. */
async function order(reply: Reply, toClose: Reply = { status: 204 }) {
  await using platform = await startPlatform(parties, ({ url }) => (url.endsWith('/jsapi') ? reply : toClose))
  const { ctx, close } = openDoctor(envOf(platform.url))
  const finding = await checkOrder(ctx)
  await close()
  return {
    finding,
    sent: platform.seen.map(({ url, body }) => ({ url, body: JSON.parse(body) as Record<string, unknown> })),
  }
}

const envOf = (url: string) =>
  readEnv({
    ...settings.of(url, 'postgres://a@127.0.0.1:9/b', {
      ...{ mchid: options.mchid, appid: 'wx0000000000000001', appSecret: 'none', apiV3Key: options.apiV3Key },
      ...{ merchantSerialNo: options.merchantSerialNo, merchantPrivateKeyPem: options.privateKey },
      merchantCertificatePem: 'none',
      wechatpayPublicKeyId: parties.publicKeyId,
      wechatpayPublicKeyPem: options.platformKeys.publicKey.pem,
    }),
    WECHATPAY_MERCHANT_CERTIFICATE_FILE: '',
    PUBLIC_URL: 'https://shop.example.com',
  })

const refused = (status: number, code: string, message: string, detail?: object): Reply => ({
  status,
  body: JSON.stringify({ code, message, detail }),
})

describe('an order that nobody can pay', () => {
  test('is of 1 fen, for nobody, for a minute, with a number of its own', async () => {
    const { sent } = await order(refused(403, 'NO_AUTH', '商户号该产品权限未开通'))
    expect(sent).toHaveLength(1)
    const { body } = sent[0] ?? {}
    expect(body).toMatchObject({ amount: { total: 1 }, payer: { openid: expect.stringMatching(/^oShouyinDoctor/) } })
    expect(body?.out_trade_no).toMatch(/^DOCTOR[0-9a-f]{24}$/)
    expect(body?.notify_url).toBe('https://shop.example.com/wechatpay/notifications/1900000001/payments')
    const minutes = (Date.parse(String(body?.time_expire)) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(0.9)
    expect(minutes).toBeLessThanOrEqual(1)
  })

  test.each([
    refused(400, 'PARAM_ERROR', 'appid和openid不匹配'),
    refused(400, 'PARAM_ERROR', '参数错误', { field: '/payer/openid', location: 'body' }),
    refused(500, 'OPENID_MISMATCH', ''),
  ])('is refused for its openid only, and that is well: %j', async (reply) => {
    expect((await order(reply)).finding).toMatchObject({
      status: 'ok',
      what: expect.stringContaining('made-up openid'),
    })
  })

  test.each<[Reply, string]>([
    [refused(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试'), 'AppID账号管理'],
    [refused(403, 'NO_AUTH', '商户号该产品权限未开通'), '产品中心'],
    [refused(403, 'NO_AUTH', '此商家的收款功能已被限制'), '权限状态'],
    [refused(400, 'MCH_NOT_EXISTS', '商户号不存在'), 'WECHATPAY_MCHID'],
    [refused(400, 'PARAM_ERROR', '输入源“/body/notify_url”映射到字段规则校验失败'), 'detail.field'],
  ])('is refused for what would refuse every order: %j', async (reply, remedy) => {
    expect((await order(reply)).finding).toMatchObject({ status: 'fail', remedy: expect.stringContaining(remedy) })
  })

  test.each([
    ['taken', { body: '{"prepay_id":"wx201410272009395522657a690389285100"}' }, 'ok'],
    ['taken with an answer that nobody signed', { body: '{"prepay_id":"wx2"}', headers: null }, 'warn'],
    ['perhaps taken', refused(500, 'SYSTEM_ERROR', '系统错误'), 'warn'],
  ] as const)('is closed at once when it is %s', async (_, reply, status) => {
    const { finding, sent } = await order(reply)
    expect(finding.status).toBe(status)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.url).toBe(`/v3/pay/transactions/out-trade-no/${String(sent[0]?.body.out_trade_no)}/close`)
  })

  test('is named when it stays open', async () => {
    const { finding, sent } = await order(
      { body: '{"prepay_id":"wx201410272009395522657a690389285100"}' },
      refused(500, 'SYSTEM_ERROR', '系统错误'),
    )
    expect(finding).toMatchObject({ status: 'warn', remedy: expect.stringContaining('nobody can pay it') })
    expect(finding.what).toContain(sent[0]?.body.out_trade_no)
  })
})
