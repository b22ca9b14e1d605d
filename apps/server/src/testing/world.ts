import type { Transport } from '@shouyin/wechatpay-core'
import type { ShopperCtx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { createLogger } from '../kernel/log.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { createMerchants } from '../kernel/wechat.ts'
import { placeOrder } from '../shop/orders/place.ts'
import type { OrderRow } from '../shop/table.ts'
import { NOWHERE, newShopper, testCtx } from './context.ts'
import { openTestDb } from './database.ts'
import { type Simulated, startSimulated } from './simulated.ts'

/** The domain with a real database and the local WeChat Pay, without HTTP in front of it. */
export type World = Awaited<ReturnType<typeof startWorld>>

const TTL_SECONDS = 1800

export interface WorldOptions {
  readonly ttlSeconds?: number
  /** Nobody listens at the default one, so notifications are lost. */
  readonly notifyBaseUrl?: URL
  /** Default: as in production. */
  readonly transport?: Transport
}

export async function startWorld({ ttlSeconds = TTL_SECONDS, notifyBaseUrl = NOWHERE, transport }: WorldOptions = {}) {
  const [simulated, testDb] = [await startSimulated(), await openTestDb()]
  const logs: { level: string; msg: string }[] = []
  const log = createLogger('info', { write: (line) => logs.push(JSON.parse(line)) })
  const merchants = createMerchants([{ ...clientOptions(simulated), ...(transport && { transport }) }], {
    log,
    metrics: createMetrics(),
  })
  const alarms: { kind: string; detail: Readonly<Record<string, unknown>> }[] = []
  let offsetMs = 0
  const base = testCtx({
    db: testDb.db,
    clock: { now: () => new Date(Date.now() + offsetMs) },
    log,
    wechat: merchants.wechat,
    alarm: (kind, detail) => alarms.push({ kind, detail }),
  })
  const { mchid, appid, apiV2Key } = simulated.merchant
  const payScore = { serviceId: simulated.serviceId, apiV2Key }
  const ctx = {
    ...base,
    config: { ...base.config, mchid, appid, notifyBaseUrl, orderTtlSeconds: ttlSeconds, payScore },
  }
  return {
    simulated,
    databaseUrl: testDb.url,
    ctx,
    alarms,
    logs,
    newShopper: () => newShopper(ctx),
    placeOrder: (shopper: ShopperCtx, goodsId = 'swim-pass'): Promise<OrderRow> =>
      inTransaction(ctx.db, (tx) => placeOrder(tx, shopper, [{ goodsId, quantity: 1 }])),
    /** Both clocks at once, as they go in real life. */
    async advance(seconds: number) {
      offsetMs += seconds * 1000
      await simulated.advance(seconds)
    },
    async close() {
      merchants.close()
      await testDb.close()
      await simulated.close()
    },
  }
}

const clientOptions = ({ url, merchant }: Simulated) => ({
  mchid: merchant.mchid,
  merchantSerialNo: merchant.merchantSerialNo,
  privateKey: merchant.merchantPrivateKeyPem,
  apiV3Key: merchant.apiV3Key,
  platformKeys: {
    publicKey: { id: merchant.wechatpayPublicKeyId, pem: merchant.wechatpayPublicKeyPem },
    certificates: merchant.platformCertificates.map((one) => one.certificatePem),
  },
  baseUrl: url,
})
