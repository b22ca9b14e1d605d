import { randomUUID } from 'node:crypto'
import { createWechatPay } from '@shouyin/wechatpay-core'
import type { Ctx, ShopperCtx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { placeOrder } from '../shop/orders/place.ts'
import type { OrderRow } from '../shop/table.ts'
import { openTestDb } from './database.ts'
import { startSimulated } from './simulated.ts'

/** The domain with a real database and the local WeChat Pay, without HTTP in front of it. */
export type World = Awaited<ReturnType<typeof startWorld>>

// Nobody listens there: these tests are about what happens without notifications.
const NOWHERE = new URL('http://127.0.0.1:9')
const TTL_SECONDS = 1800

export async function startWorld({ ttlSeconds = TTL_SECONDS, deadlineMs = 10_000 } = {}) {
  const [simulated, testDb] = [await startSimulated(), await openTestDb()]
  const { merchant } = simulated
  const alarms: { kind: string; detail: Readonly<Record<string, unknown>> }[] = []
  let offsetMs = 0
  const pay = createWechatPay({
    mchid: merchant.mchid,
    merchantSerialNo: merchant.merchantSerialNo,
    privateKey: merchant.merchantPrivateKeyPem,
    apiV3Key: merchant.apiV3Key,
    platformKeys: {
      publicKey: { id: merchant.wechatpayPublicKeyId, pem: merchant.wechatpayPublicKeyPem },
      certificates: merchant.platformCertificates.map((one) => one.certificatePem),
    },
    baseUrl: simulated.url,
    deadlineMs,
  })
  const quiet = () => undefined
  const ctx: Ctx = {
    db: testDb.db,
    clock: { now: () => new Date(Date.now() + offsetMs) },
    log: { info: quiet, warn: quiet, error: quiet },
    wechat: () => pay,
    config: {
      mchid: merchant.mchid,
      appid: merchant.appid,
      merchantName: '晨光运动馆',
      notifyBaseUrl: NOWHERE,
      orderTtlSeconds: ttlSeconds,
    },
    alarm: (kind, detail) => alarms.push({ kind, detail }),
    wake: quiet,
  }
  return {
    simulated,
    ctx,
    alarms,
    newShopper: (): ShopperCtx => ({
      ...ctx,
      actor: { userId: randomUUID(), openid: `o${randomUUID()}`, appid: merchant.appid },
    }),
    placeOrder: (shopper: ShopperCtx, goodsId = 'swim-pass'): Promise<OrderRow> =>
      inTransaction(ctx.db, (tx) => placeOrder(tx, shopper, [{ goodsId, quantity: 1 }])),
    /** Both clocks at once, as they go in real life. */
    async advance(seconds: number) {
      offsetMs += seconds * 1000
      await simulated.advance(seconds)
    },
    async close() {
      pay.close()
      await testDb.close()
      await simulated.close()
    },
  }
}
