import { createOpenApi } from '@shouyin/wechatpay-core/open-api'
import type { ServerCtx, ShopperCtx } from '../kernel/context.ts'
import { createDb, inTransaction } from '../kernel/db.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { outboundTransport } from '../kernel/wechat.ts'
import { latestCharges } from '../ledger/repository.ts'
import { queryCharge } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { placeLines, placeOrder } from '../shop/orders/place.ts'
import { startWorld } from './world.ts'

/** A world whose server processes ship, each with connections and a client of its own. */
export async function startShippingWorld() {
  const world = await startWorld()
  const { simulated, ctx } = world
  const started: ServerCtx[] = []
  const pay = async (shopper: ShopperCtx, { id }: { readonly id: string }): Promise<string> => {
    await startPayment(shopper, { id })
    const [charge] = await latestCharges(ctx.db, 'order', [id])
    if (!charge) throw new Error('the order has no charge')
    await simulated.pay(charge.out_trade_no)
    await queryCharge(ctx, charge)
    return charge.out_trade_no
  }
  return {
    ...world,
    process({ shippingInfo = true } = {}): ServerCtx {
      const { appid, appSecret } = simulated.merchant
      const process = {
        ...ctx,
        config: { ...ctx.config, shippingInfo },
        db: createDb(world.databaseUrl, { maxConnections: 3 }),
        metrics: createMetrics(),
        openApi: createOpenApi({ appid, appSecret, baseUrl: simulated.url, transport: outboundTransport() }),
      }
      started.push(process)
      return process
    },
    /** An order that is paid and fulfilled. @returns its out_trade_no */
    async fulfil(...goodsIds: readonly string[]): Promise<string> {
      const shopper = world.newShopper()
      const items = goodsIds.map((goodsId) => ({ goodsId, quantity: 1 }))
      return pay(shopper, await inTransaction(ctx.db, (tx) => placeOrder(tx, shopper, items)))
    },
    /** … of a lesson that could not be deducted. */
    async fulfilLesson(): Promise<string> {
      const shopper = world.newShopper()
      const line = { id: 'lesson', name: '第二节课', price_fen: 12_000, goods_tag: null, quantity: 1 }
      return pay(shopper, await inTransaction(ctx.db, (tx) => placeLines(tx, shopper, [line])))
    },
    /** What was sent to a path of api.weixin.qq.com. */
    async sent(path: string): Promise<readonly string[]> {
      const { requests } = await simulated.call<{ requests: { path: string; requestBody: string }[] }>(
        'GET',
        '/requests?limit=5000',
      )
      return requests.filter((request) => request.path === path).map((request) => request.requestBody)
    },
    async uploadsOf(outTradeNo: string): Promise<readonly string[]> {
      const uploads = await this.sent('/wxa/sec/order/upload_shipping_info')
      return uploads.filter((body) => body.includes(outTradeNo))
    },
    rowOf: (outTradeNo: string) =>
      ctx.db
        .selectFrom('shipment')
        .innerJoin('charge', 'charge.id', 'shipment.charge_id')
        .selectAll('shipment')
        .where('charge.out_trade_no', '=', outTradeNo)
        .executeTakeFirst(),
    /** What WeChat knows of it. */
    async shipmentsOf(outTradeNo: string): Promise<readonly object[]> {
      const path = `/shipping?outTradeNo=${outTradeNo}`
      return (await simulated.call<{ shipments: object[] }>('GET', path)).shipments
    },
    async close() {
      for (const { db, openApi } of started) {
        openApi.close()
        await db.destroy()
      }
      await world.close()
    },
  }
}

export type ShippingWorld = Awaited<ReturnType<typeof startShippingWorld>>
