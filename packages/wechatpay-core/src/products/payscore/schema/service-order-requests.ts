import * as v from 'valibot'
import { Fen } from '../../../contract/fen.ts'
import { Appid, NotifyUrl, Openid, text } from '../../../contract/fragments.ts'
import { CompactTime } from '../../../contract/time.ts'
import { count, MerchantNo, ServiceId } from './plan.ts'

/** 商户服务订单号; of a plan's order it is the number promised at signing. */
export const OutOrderNo = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z_|*-]{1,32}$/, 'must be 1 to 32 of 0-9 A-Z a-z _ - | *'),
)

/** 后付费项目 or 商户优惠: some industries send a name with a description only. */
const Item = v.pipe(
  v.strictObject({
    name: v.optional(text(20)),
    amount: v.optional(Fen),
    description: v.optional(text(30)),
    count: v.optional(v.pipe(count, v.maxValue(100))),
  }),
  v.check(
    ({ name, amount, description }) => name === undefined || amount !== undefined || description !== undefined,
    'needs amount or description beside name',
  ),
)

/** The one name that may come twice (wiki chapter6_1_17). */
const GOODS = '商品信息'

function areNamesUnique(items: readonly { readonly name?: string | undefined }[]): boolean {
  const names = items.flatMap(({ name }) => (name === undefined || name === GOODS ? [] : name))
  return new Set(names).size === names.length
}

const Payments = v.pipe(
  v.array(Item),
  v.minLength(1),
  v.maxLength(100),
  v.check((items) => areNamesUnique(items), 'must not name two payments alike'),
)
const Discounts = v.pipe(
  v.array(Item),
  v.maxLength(30),
  v.check((items) => areNamesUnique(items), 'must not name two discounts alike'),
)

const remarks = { start_time_remark: v.optional(text(20)), end_time_remark: v.optional(text(20)) }
const CreateTimeRange = v.strictObject({
  start_time: v.union([CompactTime, v.literal('OnAccept')], 'must be yyyyMMddHHmmss, yyyyMMdd or OnAccept'),
  end_time: v.optional(CompactTime),
  ...remarks,
})
const CompleteTimeRange = v.strictObject({
  start_time: v.optional(CompactTime),
  end_time: v.optional(CompactTime),
  ...remarks,
})
const Location = v.strictObject({ start_location: v.optional(text(50)), end_location: v.optional(text(50)) })
const Device = v.strictObject({
  start_device_id: v.optional(text(64)),
  end_device_id: v.optional(text(64)),
  materiel_no: v.optional(text(64)),
})

/** 创建用户的签约计划详情对应的服务订单. The number is called `out_trade_no` here and `out_order_no` in every answer. */
export const CreateServiceOrderBody = v.strictObject({
  service_id: ServiceId,
  sign_plan_id: text(32),
  plan_detail_no: count,
  appid: Appid,
  openid: Openid,
  notify_url: NotifyUrl,
  service_introduction: text(20),
  time_range: CreateTimeRange,
  location: v.optional(Location),
  attach: v.optional(text(256)),
  out_trade_no: MerchantNo,
})

const whose = { appid: Appid, service_id: ServiceId }

/** 完结支付分订单. total_amount = payments − discounts is a rule of the operation. */
export const CompleteBody = v.strictObject({
  ...whose,
  post_payments: Payments,
  post_discounts: v.optional(Discounts),
  total_amount: Fen,
  time_range: v.optional(CompleteTimeRange),
  location: v.optional(v.strictObject({ end_location: v.optional(text(50)) })),
  profit_sharing: v.optional(v.boolean('must be true or false')),
  goods_tag: v.optional(text(32)),
  device: v.optional(Device),
})

/** 取消支付分订单. Required until 2024, optional since: send `service_id`. A repeat has to carry the same reason. */
export const CancelBody = v.strictObject({ appid: Appid, service_id: v.optional(ServiceId), reason: text(50) })

/** 修改订单金额: down only, each time less than before. */
export const ModifyBody = v.strictObject({
  ...whose,
  post_payments: Payments,
  post_discounts: v.optional(Discounts),
  total_amount: Fen,
  reason: text(50),
  device: v.optional(Device),
})

/** 同步服务订单信息: it was paid another way, WeChat stops deducting. */
export const SyncBody = v.strictObject({
  ...whose,
  type: v.literal('Order_Paid', 'must be Order_Paid'),
  detail: v.strictObject({ paid_time: CompactTime }),
})

export const OutOrderNoPath = v.object({ out_order_no: OutOrderNo })

/** Exactly one of the two numbers (不允许都填写或都不填写). */
export const ServiceOrderQuery = v.pipe(
  v.strictObject({ ...whose, out_order_no: v.optional(OutOrderNo), query_id: v.optional(text(512)) }),
  v.check(
    ({ out_order_no, query_id }) => (out_order_no === undefined) !== (query_id === undefined),
    'must have exactly one of out_order_no and query_id',
  ),
)
