import type { BlockList } from 'node:net'
import { anomalies, audit, orders, refundRequests, uses } from '@shouyin/contracts/merchant'
import { goods, refunds, reports, session } from '@shouyin/contracts/shopper'
import { Hono } from 'hono'
import { listAudit } from './kernel/audit.ts'
import type { ServerCtx } from './kernel/context.ts'
import { readBytes } from './kernel/http/body.ts'
import { clientAddress, networkOf } from './kernel/http/client-address.ts'
import { identifyWithin } from './kernel/http/identify.ts'
import { createLimit, defaultRateLimits, type RateLimits } from './kernel/http/rate-limit.ts'
import { createRouting, mountFallbacks } from './kernel/http/routing.ts'
import { createHttp, type HttpEnv, type Lifecycle } from './kernel/http/server.ts'
import { receiveNotification } from './kernel/receive-notification.ts'
import { sendReports } from './kernel/reports.ts'
import { createSession } from './kernel/session.ts'
import { listAnomalies } from './ledger/list-anomalies.ts'
import { resolveAnomaly } from './ledger/resolve-anomaly.ts'
import { describeRoutes } from './openapi.ts'
import { mountProbes } from './probes.ts'
import { products } from './products.ts'
import { renderReference } from './reference-page.ts'
import { loopbackProxies } from './settings/proxies.ts'
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
import { createUse } from './shop/uses/create.ts'
import { listUses } from './shop/uses/list.ts'
import { undoUse } from './shop/uses/undo.ts'

export interface AppOptions {
  readonly lifecycle?: Lifecycle
  readonly rateLimits?: RateLimits
  /** WeChat's clock minus ours. */
  readonly skewMs?: () => number
  /** Whose X-Forwarded-For is believed; default: proxies on this machine. */
  readonly trustedProxies?: BlockList
  readonly metricsToken?: string | undefined
}

const NOTIFICATION_BYTES_MAX = 64 * 1024

/** The whole server as a function of requests. Reads no environment and keeps nothing outside of `ctx`. */
export function createApp(ctx: ServerCtx, options: AppOptions = {}): Hono<HttpEnv> {
  const { lifecycle = { draining: false }, rateLimits = defaultRateLimits, skewMs = () => 0, metricsToken } = options
  const { trustedProxies = loopbackProxies() } = options
  const app = createHttp(ctx, lifecycle)
  mountProbes(app, ctx, { lifecycle, skewMs, trustedProxies, metricsToken })
  mountNotifications(app, ctx)
  const pictures = new Hono()
  mountPictures(pictures)
  app.route('/', pictures)

  mountLimits(app, rateLimits, trustedProxies)
  const routing = createRouting(app, ctx, identifyWithin(ctx, rateLimits))
  routing.open(session, { createSession })
  routing.open(goods, { listGoods, getGoods })
  routing.open(reports, { sendReports })
  for (const product of products) product.mount(routing)
  routing.shopper(refunds, { requestRefund, listOrderRefunds })
  routing.merchant(orders, { listMerchantOrders, getMerchantOrder })
  routing.merchant(uses, { createUse, listUses, undoUse })
  routing.merchant(refundRequests, { listRefundRequests, approveRefundRequest, declineRefundRequest })
  routing.merchant(anomalies, { listAnomalies, resolveAnomaly })
  routing.merchant(audit, { listAudit })

  const reference = describeRoutes(routing.routes)
  app.get('/openapi.json', (c) => c.json(reference))
  app.get('/docs', (c) => c.html(renderReference(reference)))
  mountFallbacks(app, ctx)
  return app
}

/** How often one address may ask, this machine excepted; reports have limits of their own besides. */
function mountLimits(app: Hono<HttpEnv>, limits: RateLimits, trustedProxies: BlockList): void {
  const limitAddress = (path: string, perMinute: number) => {
    const perAddress = createLimit(perMinute)
    app.use(path, async (c, next) => {
      const address = clientAddress(c, trustedProxies)
      if (address !== undefined) await perAddress(networkOf(address))
      await next()
    })
  }
  limitAddress('/api/*', limits.perAddressPerMinute)
  const { path } = reports.sendReports
  limitAddress(path, limits.reportsPerAddressPerMinute)
  const ofAll = createLimit(limits.reportsPerMinute)
  app.use(path, (_, next) => ofAll('reports').then(next))
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
