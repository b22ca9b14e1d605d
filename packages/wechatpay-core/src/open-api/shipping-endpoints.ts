import * as v from 'valibot'
import { Openid, text } from '../contract/fragments.ts'
import { accessTokenErrors, errcodes, type OpenApiEndpoint } from './endpoint.ts'

const AccessTokenQuery = v.object({ access_token: v.string() })
const DOCS = 'https://developers.weixin.qq.com/miniprogram/dev/server/API/order_shipping'

/** 物流模式. */
export const logisticsTypes = { express: 1, city: 2, virtual: 3, pickUp: 4 } as const
/** 发货模式: all at once, or in parcels (快递 only). */
export const deliveryModes = { unified: 1, split: 2 } as const
/** 订单单号类型: mchid and out_trade_no, or transaction_id. */
export const orderNumberTypes = { merchant: 1, wechatPay: 2 } as const
/** 订单状态 of `get_order`: 待发货, 已发货, 确认收货, 交易完成, 已退款, 资金待结算. */
export const shippingStates = { toShip: 1, shipped: 2, received: 3, completed: 4, refunded: 5, settling: 6 } as const

const isUploadTime = (value: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/.test(value)

/** Phone numbers masked but for the last four digits; 顺丰 wants one of them. */
const Contact = v.strictObject({
  consignor_contact: v.optional(v.string()),
  receiver_contact: v.optional(v.string()),
})

const Parcel = v.strictObject({
  tracking_no: v.optional(text(128)),
  /** 物流公司编码. */
  express_company: v.optional(text(128)),
  item_desc: text(120),
  contact: v.optional(Contact),
})

export const UploadShippingInfo = v.strictObject({
  order_key: v.strictObject({
    order_number_type: v.picklist(Object.values(orderNumberTypes)),
    transaction_id: v.optional(text(32)),
    mchid: v.optional(text(32)),
    out_trade_no: v.optional(text(32)),
  }),
  logistics_type: v.picklist(Object.values(logisticsTypes)),
  delivery_mode: v.picklist(Object.values(deliveryModes)),
  is_all_delivered: v.optional(v.boolean()),
  shipping_list: v.pipe(v.array(Parcel), v.minLength(1), v.maxLength(15)),
  upload_time: v.pipe(v.string(), v.check(isUploadTime, 'must be an RFC 3339 time with milliseconds')),
  payer: v.strictObject({ openid: Openid }),
})
export type UploadShippingInfo = v.InferInput<typeof UploadShippingInfo>

/** 发货信息录入. */
export const uploadShippingInfoEndpoint = {
  id: 'openApi.uploadShippingInfo',
  method: 'POST',
  url: '/wxa/sec/order/upload_shipping_info',
  query: AccessTokenQuery,
  body: UploadShippingInfo,
  response: v.looseObject({}),
  errors: [
    ...accessTokenErrors,
    ...errcodes('unknown', { SYSTEM_ERROR_12: 10060012, SYSTEM_ERROR_19: 10060019 }),
    ...errcodes('rejected', {
      ORDER_NOT_FOUND: 10060001,
      ALREADY_SHIPPED: 10060002,
      RESHIP_USED: 10060003,
      NOT_SHIPPABLE: 10060004,
      LOGISTICS_TYPE_INVALID: 10060005,
      SPLIT_NEEDS_EXPRESS: 10060006,
      IS_ALL_DELIVERED_MISSING: 10060007,
      ITEM_DESC_EMPTY: 10060008,
      ITEM_DESC_TOO_LONG: 10060009,
      PARAMETER_INVALID: 10060014,
      NO_DESCRIPTION: 10060020,
      NOT_UPDATED: 10060023,
      TOO_MANY_PARCELS: 10060024,
      EXPRESS_COMPANY_TOO_LONG: 10060025,
      TRACKING_NO_TOO_LONG: 10060026,
      PAYER_MISMATCH: 10060031,
      NUMBER_TYPE_INVALID: 268485194,
      TRANSACTION_ID_MISSING: 268485195,
      MCHID_MISSING: 268485196,
      OUT_TRADE_NO_MISSING: 268485197,
      UPLOAD_TIME_INVALID: 268485216,
      DELIVERY_MODE_INVALID: 268485224,
      TRACKING_NO_MISSING: 268485226,
      EXPRESS_COMPANY_MISSING: 268485227,
      UNIFIED_NEEDS_ONE_PARCEL: 268485228,
    }),
  ],
  doc: `${DOCS}/api_uploadshippinginfo`,
} as const satisfies OpenApiEndpoint

/** Either number; the merchant's own needs both members. */
export const ShippingOrderKey = v.strictObject({
  transaction_id: v.optional(v.string()),
  merchant_id: v.optional(v.string()),
  sub_merchant_id: v.optional(v.string()),
  merchant_trade_no: v.optional(v.string()),
})
export type ShippingOrderKey = v.InferInput<typeof ShippingOrderKey>

const ShippingOrder = v.looseObject({
  transaction_id: v.string(),
  merchant_id: v.string(),
  merchant_trade_no: v.string(),
  openid: v.string(),
  /** One of `shippingStates`, or a state of tomorrow. */
  order_state: v.number(),
})
export type ShippingOrder = v.InferOutput<typeof ShippingOrder>

/** 查询订单发货状态. */
export const getShippingOrderEndpoint = {
  id: 'openApi.getShippingOrder',
  method: 'POST',
  url: '/wxa/sec/order/get_order',
  query: AccessTokenQuery,
  body: ShippingOrderKey,
  response: v.looseObject({ order: ShippingOrder }),
  errors: [...accessTokenErrors, ...errcodes('rejected', { ORDER_NOT_FOUND: 10060001, WRONG_STATE: 10060028 })],
  doc: `${DOCS}/api_getorder`,
} as const satisfies OpenApiEndpoint

/** 查询小程序是否已开通发货信息管理服务. */
export const isTradeManagedEndpoint = {
  id: 'openApi.isTradeManaged',
  method: 'POST',
  url: '/wxa/sec/order/is_trade_managed',
  query: AccessTokenQuery,
  body: v.strictObject({ appid: v.string() }),
  response: v.looseObject({ is_trade_managed: v.boolean() }),
  errors: [...accessTokenErrors, ...errcodes('rejected', { APPID_INVALID: 40013, APPID_MISSING: 40097 })],
  doc: `${DOCS}/api_istrademanaged`,
} as const satisfies OpenApiEndpoint
