import { randomBytes } from 'node:crypto'
import { formatCompact } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { InferOutput } from 'valibot'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import { digits, makeTransactionId, timeDigits } from '../../../kernel/numbers.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'

export type ServiceOrderBody = InferOutput<typeof schema.CreateServiceOrderBody>

/** The stored form of a new service order. DERIVED: in service at once, because the plan was confirmed when it was signed. */
export const newOrder = (
  mchid: string,
  body: ServiceOrderBody,
  now: Date,
  namesPublicKey: boolean,
): StoredServiceOrder => ({
  mchid,
  appid: body.appid,
  openid: body.openid,
  serviceId: body.service_id,
  outOrderNo: body.out_trade_no,
  orderId: `10000000000${timeDigits(now)}${digits(7)}`,
  queryId: randomBytes(24).toString('base64url'),
  signPlanId: body.sign_plan_id,
  detailNo: body.plan_detail_no,
  notifyUrl: body.notify_url,
  introduction: body.service_introduction,
  attach: body.attach ?? null,
  parameters: fingerprint(body),
  namesPublicKey,
  createdAtMs: now.getTime(),
  phase: 'in_service',
  timeRange: startingNow(body.time_range, now),
  location: body.location ?? null,
  payments: [],
  discounts: [],
  totalFen: null,
  completedAtMs: null,
  completeParameters: null,
  modifyParameters: null,
  deductAtMs: null,
  attempts: 0,
  busyUntilMs: null,
  paidAtMs: null,
  paidType: null,
  transactionId: null,
  cancelReason: null,
  cancelledAtMs: null,
})

/** OnAccept: when the user confirmed, which of a plan's order is now (DERIVED); answers print such a time in seconds. */
const startingNow = (timeRange: ServiceOrderBody['time_range'], now: Date) =>
  timeRange.start_time === 'OnAccept' ? { ...timeRange, start_time: formatCompact(now) } : timeRange

/**
 * The payment that collecting makes: bills, funds and refunds know nothing else of it. After WeChat's own skills for Pay
 * Score, and nobody else: a deduction (AUTH) has a 商户订单号 of WeChat's making (GUESS: its form) and `wxzff|微信服务单号|
 * 商户服务单号` as 商户数据包; what the user pays by himself (JSAPI) has the out_order_no.
 */
export function newCollection(
  world: World,
  order: StoredServiceOrder,
  tradeType: StoredTransaction['tradeType'],
  paidAtMs: number,
): StoredTransaction {
  const at = new Date(paidAtMs)
  const { mchid, appid, openid, orderId, outOrderNo, totalFen } = order
  const isDeduction = tradeType === 'AUTH'
  const isToBeOwn = !isDeduction || world.switches.payScoreBillNumber === 'out_order_no'
  // An ordinary order of the same number stays what it is.
  const isOwn = isToBeOwn && !world.transactions.find(mchid, outOrderNo)
  return {
    mchid,
    appid,
    openid,
    outTradeNo: isOwn ? outOrderNo : `${timeDigits(at)}${digits(14)}`,
    tradeType,
    description: order.introduction,
    attach: isDeduction ? `wxzff|${orderId}|${outOrderNo}` : order.attach,
    notifyUrl: order.notifyUrl,
    amountFen: totalFen ?? 0,
    deviceId: null,
    parameters: order.parameters,
    createdAtMs: paidAtMs,
    expiresAtMs: paidAtMs,
    prepays: [],
    namesPublicKey: order.namesPublicKey,
    tradeState: 'SUCCESS',
    transactionId: makeTransactionId(at),
    payerTotalFen: totalFen,
    coupon: null,
    successAtMs: paidAtMs,
  }
}
