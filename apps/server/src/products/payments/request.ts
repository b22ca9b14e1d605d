import { formatShanghai, type RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Charge } from '../../ledger/table.ts'
import type { OrderRow } from '../../shop/table.ts'

export type CreateBody = RequestOf<typeof endpoints.createJsapi>['body']

/** 小程序下单. `time_expire` is always sent: what we no longer want paid, WeChat Pay must not collect. */
export function createBody(charge: Charge, order: OrderRow, notifyBaseUrl: URL): CreateBody {
  return {
    appid: charge.appid,
    mchid: charge.mchid,
    description: charge.description,
    out_trade_no: charge.out_trade_no,
    time_expire: formatShanghai(charge.expires_at),
    attach: order.attach,
    notify_url: new URL(`/wechatpay/notifications/${charge.mchid}/payments`, notifyBaseUrl).href,
    ...(order.goods_tag !== null && { goods_tag: order.goods_tag }),
    amount: { total: charge.amount_fen, currency: charge.currency },
    payer: { openid: charge.openid },
  }
}
