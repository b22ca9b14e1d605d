import { anomalies, audit, orders, refundRequests } from '@shouyin/contracts/merchant'
import { goods, refunds, session } from '@shouyin/contracts/shopper'
import { Hono } from 'hono'
import { sql } from 'kysely'
import { checkReadiness } from './health.ts'
import { listAudit } from './kernel/audit.ts'
import type { ServerCtx } from './kernel/context.ts'
import { readBytes } from './kernel/http/body.ts'
import { identifyWithin } from './kernel/http/identify.ts'
import { addressOf, createLimit, defaultRateLimits, type RateLimits } from './kernel/http/rate-limit.ts'
import { createRouting, mountFallbacks } from './kernel/http/routing.ts'
import { createHttp, type HttpEnv, type Lifecycle } from './kernel/http/server.ts'
import { receiveNotification } from './kernel/receive-notification.ts'
import { createSession } from './kernel/session.ts'
import { gaugeProofs } from './ledger/gauge-proofs.ts'
import { listAnomalies } from './ledger/list-anomalies.ts'
import { resolveAnomaly } from './ledger/resolve-anomaly.ts'
import { describeRoutes } from './openapi.ts'
import { gaugeBooks } from './products/bills/gauge-books.ts'
import { products } from './products.ts'
import { renderReference } from './reference-page.ts'
import { getGoods } from './shop/goods/get.ts'
import { listGoods } from './shop/goods/list.ts'
import { mountPictures } from './shop/goods/pictures.ts'
import { getMerchantOrder } from './shop/orders/merchant-get.ts'
import { listMerchantOrders } from './shop/orders/merchant-list.ts'
import { approveRefundRequest } from './shop/refund-requests/approve.ts'
import { declineRefundRequest } from './shop/refund-requests/decline.ts'
import { listOrderRefunds } from './shop/refund-requests/list.ts'
import { listRefundRequests } from './shop/refund-requests/merchant-list.ts'
import { requestRefund } from './shop/refund-requests/request.ts'

export interface AppOptions {
  readonly lifecycle?: Lifecycle
  readonly rateLimits?: RateLimits
  /** WeChat's clock minus ours. */
  readonly skewMs?: () => number
}

const NOTIFICATION_BYTES_MAX = 64 * 1024

/** The whole server as a function of requests. Reads no environment and keeps nothing outside of `ctx`. */
export function createApp(ctx: ServerCtx, options: AppOptions = {}): Hono<HttpEnv> {
  const { lifecycle = { draining: false }, rateLimits = defaultRateLimits, skewMs = () => 0 } = options
  const app = createHttp(ctx, lifecycle)
  mountProbes(app, ctx, lifecycle, skewMs)
  mountNotifications(app, ctx)
  const pictures = new Hono()
  mountPictures(pictures)
  app.route('/', pictures)

  const perAddress = createLimit(rateLimits.perAddressPerMinute)
  app.use('/api/*', async (c, next) => {
    const address = addressOf(c)
    if (address !== undefined) await perAddress(address)
    await next()
  })
  const routing = createRouting(app, ctx, identifyWithin(ctx, rateLimits))
  routing.open(session, { createSession })
  routing.open(goods, { listGoods, getGoods })
  for (const product of products) product.mount(routing)
  routing.shopper(refunds, { requestRefund, listOrderRefunds })
  routing.merchant(orders, { listMerchantOrders, getMerchantOrder })
  routing.merchant(refundRequests, { listRefundRequests, approveRefundRequest, declineRefundRequest })
  routing.merchant(anomalies, { listAnomalies, resolveAnomaly })
  routing.merchant(audit, { listAudit })

  const reference = describeRoutes(routing.routes)
  app.get('/openapi.json', (c) => c.json(reference))
  app.get('/docs', (c) => c.html(renderReference(reference)))
  mountFallbacks(app, ctx)
  return app
}

/** Outside of the limits: WeChat Pay re-sends thousands at once after an outage of ours. */
function mountNotifications(app: Hono<HttpEnv>, ctx: ServerCtx): void {
  app.post('/wechatpay/notifications/:mchid/:product', async (c) => {
    c.set('operation', 'POST /wechatpay/notifications')
    const body = await readBytes(c.req.raw, NOTIFICATION_BYTES_MAX)
    await receiveNotification(ctx, { mchid: c.req.param('mchid'), headers: c.req.header(), body })
    return c.body(null, 204)
  })
}

function mountProbes(app: Hono<HttpEnv>, ctx: ServerCtx, lifecycle: Lifecycle, skewMs: () => number): void {
  app.get('/livez', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const readiness = await checkReadiness(ctx, { draining: lifecycle.draining, skewMs: skewMs() })
    return c.json(readiness, readiness.ready ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    // Numbers that need the database are left out while it is away; the others matter most then.
    await gaugeInbox(ctx).catch(() => ctx.metrics.inbox.reset())
    await gaugeProofs(ctx)
    await gaugeBooks(ctx)
    return c.text(await ctx.metrics.registry.metrics(), 200, { 'Content-Type': ctx.metrics.registry.contentType })
  })
}

async function gaugeInbox({ db, metrics }: ServerCtx): Promise<void> {
  const rows = await db
    .selectFrom('notification_inbox')
    .select(['state', sql<number>`count(*)`.as('count')])
    .where('state', 'in', ['pending', 'dead'])
    .groupBy('state')
    .execute()
  metrics.inbox.reset()
  for (const { state, count } of rows) metrics.inbox.set({ state }, count)
}
