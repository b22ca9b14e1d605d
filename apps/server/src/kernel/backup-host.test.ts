import { endpoints } from '@shouyin/wechatpay-core/payments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOWHERE } from '../testing/context.ts'
import { startWorld, type World } from '../testing/world.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createMerchants, type Merchants } from './wechat.ts'

/** The first host refuses connections; the second one is the local WeChat Pay. */
let world: World
let merchants: Merchants
beforeAll(async () => {
  world = await startWorld()
  const { merchant, url } = world.simulated
  const options = {
    mchid: merchant.mchid,
    merchantSerialNo: merchant.merchantSerialNo,
    privateKey: merchant.merchantPrivateKeyPem,
    apiV3Key: merchant.apiV3Key,
    platformKeys: { publicKey: { id: merchant.wechatpayPublicKeyId, pem: merchant.wechatpayPublicKeyPem } },
    baseUrl: NOWHERE,
    backupBaseUrl: url,
  }
  merchants = createMerchants([options], { log: createLogger('silent'), metrics: createMetrics() })
}, 120_000)
afterAll(async () => {
  merchants?.close()
  await world?.close()
})

test('while the first host is down, an order is made, asked for and closed through the second one, once each', async () => {
  const { mchid, appid } = world.simulated.merchant
  const wechat = merchants.wechat(mchid)
  const { openid } = await world.simulated.call<{ openid: string }>('POST', '/client/login', {})
  const out_trade_no = crypto.randomUUID().replaceAll('-', '')
  const body = {
    ...{ appid, mchid, out_trade_no, description: '单次游泳票', payer: { openid } },
    ...{ notify_url: new URL('/notify', NOWHERE).href, amount: { total: 100 } },
  }
  await wechat.call(endpoints.createJsapi, { body })
  const query = { path: { out_trade_no }, query: { mchid } }
  expect(await wechat.call(endpoints.queryByOutTradeNo, query)).toMatchObject({ trade_state: 'NOTPAY' })
  await wechat.call(endpoints.close, { path: { out_trade_no }, body: { mchid } })
  expect(await wechat.call(endpoints.queryByOutTradeNo, query)).toMatchObject({ trade_state: 'CLOSED' })
  const requests = await world.simulated.requests(out_trade_no)
  expect(requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'POST 200',
    'GET 200',
    'POST 204',
    'GET 200',
  ])
})
