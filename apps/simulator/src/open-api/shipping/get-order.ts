import { getShippingOrderEndpoint } from '@shouyin/wechatpay-core/open-api'
import { orderStateOf, type StoredShipment } from '../../kernel/shipments.ts'
import { failure, OK } from '../operation.ts'
import { findPayment } from './find-payment.ts'
import { withToken } from './with-token.ts'

const DESCRIPTION_MAX = 120

/** 查询订单发货状态. */
export const getOrder = withToken(getShippingOrderEndpoint, (world, body) => {
  const { transaction_id: transactionId, merchant_id: mchid, merchant_trade_no: outTradeNo } = body
  const numbers = transactionId === undefined ? [mchid, outTradeNo] : [transactionId]
  // GUESS: the errcode of a question without a number.
  if (!numbers.every((number) => typeof number === 'string')) {
    return failure(getShippingOrderEndpoint, 'DATA_FORMAT_INVALID', 'data format error')
  }
  const [first, second] = numbers
  const payment = findPayment(
    world,
    transactionId === undefined ? { mchid: first, outTradeNo: second } : { transactionId: first },
  )
  if (!payment) return failure(getShippingOrderEndpoint, 'ORDER_NOT_FOUND', '支付单不存在')
  const shipment = world.shipments.find(payment)
  return {
    ...OK,
    order: {
      transaction_id: payment.transactionId,
      merchant_id: payment.mchid,
      sub_merchant_id: '0',
      merchant_trade_no: payment.outTradeNo,
      description: clip(shipment?.parcels.map(({ itemDesc }) => itemDesc).join(';') ?? payment.description),
      paid_amount: payment.payerTotalFen,
      openid: payment.openid,
      trade_create_time: toSeconds(payment.createdAtMs),
      pay_time: toSeconds(payment.successAtMs ?? payment.createdAtMs),
      order_state: orderStateOf(world, payment),
      in_complaint: false,
      ...(shipment && { shipping: toWire(shipment) }),
    },
  }
})

const toWire = (shipment: StoredShipment) => ({
  delivery_mode: shipment.deliveryMode,
  logistics_type: shipment.logisticsType,
  finish_shipping: shipment.finished,
  finish_shipping_count: shipment.finishCount,
  shipping_list: shipment.parcels.map(({ trackingNo, expressCompany, itemDesc }) => ({
    ...(trackingNo !== null && { tracking_no: trackingNo }),
    ...(expressCompany !== null && { express_company: expressCompany }),
    goods_desc: itemDesc,
    upload_time: toSeconds(shipment.uploadedAtMs),
  })),
})

const toSeconds = (ms: number) => Math.floor(ms / 1000)

const clip = (text: string) => {
  const characters = [...text]
  return characters.length <= DESCRIPTION_MAX ? text : `${characters.slice(0, DESCRIPTION_MAX).join('')}...`
}
