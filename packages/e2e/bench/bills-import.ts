/**
 * What bench:bills measures: the daily job as the server runs it, for one day, in a process that does nothing else.
 * Prints its memory before and at most. Arguments: date, and a file with what it needs to know, as JSON.
 */
import { readFileSync } from 'node:fs'
import { createWechatPay, type WechatPayOptions } from '@shouyin/wechatpay-core'
import { createDb } from '../../../apps/server/src/kernel/db.ts'
import { reconcileNow } from '../../../apps/server/src/products/bills/reconcile-now.ts'
import { discount, effects } from '../../../apps/server/src/products.ts'

const [date = '', settings = ''] = process.argv.slice(2)
const { databaseUrl, now, options } = JSON.parse(readFileSync(settings, 'utf8')) as {
  databaseUrl: string
  now: string
  options: WechatPayOptions
}
const megabytes = () => (process.resourceUsage().maxRSS / 1024).toFixed(0)
const unexpected = () => Promise.reject(new Error('nothing differs, so nothing is asked'))
const [db, wechat] = [createDb(databaseUrl, { maxConnections: 2 }), createWechatPay(options)]
const silent = { info: () => {}, warn: () => {}, error: console.error }
const ctx = {
  ...{ db, log: silent, clock: { now: () => new Date(now) }, wechat: () => wechat },
  ...{ alarm: () => {}, wake: () => {} },
  config: {
    ...{ mchid: options.mchid, appid: '', merchantName: '', notifyBaseUrl: new URL('http://127.0.0.1:9') },
    ...{
      orderTtlSeconds: 1800,
      refundApprovalAboveFen: 0,
      refundAutoApproveFen: 0,
      shippingInfo: false,
      payScore: null,
    },
  },
  effects,
  discount,
}
console.log(`before ${megabytes()}`)
const asking = {
  charge: { payments: unexpected, payscore: unexpected, 'discount-card': unexpected },
  payer: unexpected,
  refund: unexpected,
}
const { days, differences } = await reconcileNow(ctx, asking, { mchid: options.mchid, date })
console.log(JSON.stringify({ days, differences }))
wechat.close()
await db.destroy()
console.log(`most ${megabytes()}`)
