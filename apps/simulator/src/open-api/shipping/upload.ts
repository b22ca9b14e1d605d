import { deliveryModes, shippingStates, uploadShippingInfoEndpoint } from '@shouyin/wechatpay-core/open-api'
import { orderStateOf, type Parcel, type StoredShipment } from '../../kernel/shipments.ts'
import { failure, OK } from '../operation.ts'
import { checkShippingInfo, type Reason } from './check.ts'
import { findPayment } from './find-payment.ts'
import { withToken } from './with-token.ts'

/** 支付单只能更新一次发货信息: shipped, and shipped anew once. */
const FINISHED_MAX = 2

/** 发货信息录入. */
export const uploadShippingInfo = withToken(uploadShippingInfoEndpoint, (world, body) => {
  const info = checkShippingInfo(body)
  if (typeof info === 'string') return refuse(info)
  const { transaction_id: transactionId, mchid, out_trade_no: outTradeNo } = info.order_key
  const isByWechat = info.order_key.order_number_type === 2
  const payment = findPayment(world, isByWechat ? { transactionId } : { mchid, outTradeNo })
  if (!payment) return refuse('ORDER_NOT_FOUND')
  if (payment.openid !== info.payer.openid) return refuse('PAYER_MISMATCH')
  const known = world.shipments.find(payment)
  const state = orderStateOf(world, payment)
  if (state === shippingStates.refunded) return refuse('NOT_SHIPPABLE')

  const isFinished = info.delivery_mode === deliveryModes.unified || info.is_all_delivered === true
  const next: StoredShipment = {
    mchid: payment.mchid,
    outTradeNo: payment.outTradeNo,
    logisticsType: info.logistics_type,
    deliveryMode: info.delivery_mode,
    finished: isFinished,
    finishCount: (known?.finishCount ?? 0) + (isFinished ? 1 : 0),
    parcels: info.shipping_list.map(toParcel),
    uploadTime: info.upload_time,
    uploadedAtMs: world.clock.nowMs(),
  }
  const refusal = known && refuseAgain(known, next, state)
  if (refusal) return refuse(refusal)
  world.shipments.put(next)
  return OK
})

/** Why a payment that was uploaded before is not uploaded again. */
function refuseAgain(known: StoredShipment, next: StoredShipment, state: number): Reason | undefined {
  if (contentOf(known) === contentOf(next)) return 'NOT_UPDATED'
  // GUESS: both. After 确认收货 nothing changes any more; an earlier upload_time is an older message.
  if (known.finished && state !== shippingStates.shipped) return 'ALREADY_SHIPPED'
  if (Date.parse(next.uploadTime) <= Date.parse(known.uploadTime)) return 'NOT_UPDATED'
  return known.finishCount >= FINISHED_MAX ? 'RESHIP_USED' : undefined
}

const contentOf = ({ logisticsType, deliveryMode, finished, parcels }: StoredShipment) =>
  JSON.stringify([logisticsType, deliveryMode, finished, parcels])

const toParcel = (parcel: {
  tracking_no?: string | undefined
  express_company?: string | undefined
  item_desc: string
}): Parcel => ({
  trackingNo: parcel.tracking_no ?? null,
  expressCompany: parcel.express_company ?? null,
  itemDesc: parcel.item_desc,
})

/** WeChat's own words where its table has them. */
const words: Partial<Readonly<Record<Reason, string>>> = {
  ORDER_NOT_FOUND: '支付单不存在',
  ALREADY_SHIPPED: '支付单已完成发货，无法继续发货',
  RESHIP_USED: '支付单已使用重新发货机会',
  NOT_SHIPPABLE: '支付单处于不可发货的状态',
  LOGISTICS_TYPE_INVALID: '物流类型有误',
  SPLIT_NEEDS_EXPRESS: '非快递发货时不允许分拆发货',
  IS_ALL_DELIVERED_MISSING: '分拆发货模式下必须填写 is_all_delivered 字段',
  ITEM_DESC_EMPTY: '商品描述 item_desc 字段不能为空',
  ITEM_DESC_TOO_LONG: '商品描述 item_desc 字段太长',
  NOT_UPDATED: '发货信息未更新',
  TOO_MANY_PARCELS: '物流信息列表太长',
  PAYER_MISMATCH: '该笔支付单不属于 openid 所指定的用户',
  UPLOAD_TIME_INVALID: '上传时间非法，请按照 RFC 3339 格式填写',
  TRACKING_NO_MISSING: '物流单号不能为空',
  EXPRESS_COMPANY_MISSING: '物流公司编码不能为空',
  UNIFIED_NEEDS_ONE_PARCEL: '统一发货模式下，物流信息列表长度必须为 1',
  DATA_FORMAT_INVALID: 'data format error',
}

const refuse = (reason: Reason) => failure(uploadShippingInfoEndpoint, reason, words[reason] ?? '参数错误')
