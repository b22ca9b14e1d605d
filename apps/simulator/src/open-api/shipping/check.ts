import {
  deliveryModes,
  logisticsTypes,
  type OpenApiErrorName,
  orderNumberTypes,
  UploadShippingInfo,
  type uploadShippingInfoEndpoint,
} from '@shouyin/wechatpay-core/open-api'
import * as v from 'valibot'

export type Reason = OpenApiErrorName<typeof uploadShippingInfoEndpoint>

/** What one member is answered when it is not as declared. Of another type than declared, it is a data format error. */
const members: readonly (readonly [path: RegExp, type: string, reason: Reason])[] = [
  [/^order_key\.order_number_type$/, 'number', 'NUMBER_TYPE_INVALID'],
  [/^logistics_type$/, 'number', 'LOGISTICS_TYPE_INVALID'],
  [/^delivery_mode$/, 'number', 'DELIVERY_MODE_INVALID'],
  [/^shipping_list\.\d+\.item_desc$/, 'string', 'ITEM_DESC_TOO_LONG'],
  [/^shipping_list\.\d+\.tracking_no$/, 'string', 'TRACKING_NO_TOO_LONG'],
  [/^shipping_list\.\d+\.express_company$/, 'string', 'EXPRESS_COMPANY_TOO_LONG'],
  [/^upload_time$/, 'string', 'UPLOAD_TIME_INVALID'],
]

/** What members have to be together, in the order in which it is looked at. GUESS: the order. */
const rules: readonly (readonly [
  reason: Reason,
  isBroken: (info: v.InferOutput<typeof UploadShippingInfo>) => boolean,
])[] = [
  ['TRANSACTION_ID_MISSING', ({ order_key: key }) => !isMerchants(key) && key.transaction_id === undefined],
  ['MCHID_MISSING', ({ order_key: key }) => isMerchants(key) && key.mchid === undefined],
  ['OUT_TRADE_NO_MISSING', ({ order_key: key }) => isMerchants(key) && key.out_trade_no === undefined],
  ['SPLIT_NEEDS_EXPRESS', (info) => isSplit(info) && !isExpress(info)],
  ['IS_ALL_DELIVERED_MISSING', (info) => isSplit(info) && info.is_all_delivered === undefined],
  ['UNIFIED_NEEDS_ONE_PARCEL', (info) => !isSplit(info) && info.shipping_list.length !== 1],
  ['TRACKING_NO_MISSING', (info) => isExpress(info) && info.shipping_list.some((one) => !one.tracking_no)],
  ['EXPRESS_COMPANY_MISSING', (info) => isExpress(info) && info.shipping_list.some((one) => !one.express_company)],
  // GUESS: the errcode. 顺丰 wants a phone number of either side.
  ['PARAMETER_INVALID', (info) => info.shipping_list.some((one) => one.express_company === 'SF' && !one.contact)],
]

const isMerchants = (key: { order_number_type: number }) => key.order_number_type === orderNumberTypes.merchant
const isSplit = (info: { delivery_mode: number }) => info.delivery_mode === deliveryModes.split
const isExpress = (info: { logistics_type: number }) => info.logistics_type === logisticsTypes.express

/** The body as declared, or the reason why it is refused. */
export function checkShippingInfo(body: unknown): v.InferOutput<typeof UploadShippingInfo> | Reason {
  const result = v.safeParse(UploadShippingInfo, body)
  if (!result.success) return reasonOf(result.issues[0])
  return rules.find(([, isBroken]) => isBroken(result.output))?.[0] ?? result.output
}

function reasonOf(issue: v.BaseIssue<unknown>): Reason {
  const path = v.getDotPath(issue) ?? ''
  const value = issue.path?.at(-1)?.value
  if (path === 'shipping_list' && Array.isArray(value)) {
    return value.length === 0 ? 'UNIFIED_NEEDS_ONE_PARCEL' : 'TOO_MANY_PARCELS'
  }
  if (/item_desc$/.test(path) && value === undefined) return 'ITEM_DESC_EMPTY'
  const member = members.find(([pattern]) => pattern.test(path))
  // A missing number reads as 0 and a missing text as "": the reason is that of a wrong value.
  return member && (value === undefined || member[1] === typeof value) ? member[2] : 'DATA_FORMAT_INVALID'
}
