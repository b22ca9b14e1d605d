import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import { withAccessToken } from '../../kernel/access-token.ts'
import type { ServerCtx } from '../../kernel/context.ts'
import type { DueShipment } from './repository.ts'
import { fromOrderState, type OrderFinding } from './states.ts'

/** 查询订单发货状态. A no to the question is no news: the upload itself will be told why. */
export async function askState(ctx: ServerCtx, { mchid, out_trade_no }: DueShipment): Promise<OrderFinding> {
  const key = { merchant_id: mchid, merchant_trade_no: out_trade_no }
  try {
    const order = await withAccessToken(ctx, (token) => ctx.openApi.getShippingOrder(token, key))
    return order.merchant_trade_no === out_trade_no ? fromOrderState(order.order_state) : 'unknown'
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    const { errcode, outcome } = error
    ctx.log.warn({ outTradeNo: out_trade_no, errcode, outcome }, 'the state of a shipment is not told')
    return outcome === 'rejected' ? 'to-ship' : 'unknown'
  }
}
