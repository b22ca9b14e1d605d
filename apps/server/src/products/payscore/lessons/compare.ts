import { parseCompact } from '@shouyin/wechatpay-core/contract'
import { type schema, states } from '@shouyin/wechatpay-core/payscore'
import type { Evidence } from '../../../ledger/compare.ts'
import type { Proof } from '../../../ledger/table.ts'
import type { Lesson, SignPlan } from '../table.ts'
import type { CompleteBody } from './request.ts'

/** What we asked WeChat Pay to collect; also of a completion that it seemed to refuse. */
export function askedFen({ amount_fen, complete_request }: Lesson): number | undefined {
  if (amount_fen !== null || complete_request === null) return amount_fen ?? undefined
  return (JSON.parse(complete_request) as CompleteBody).total_amount
}

/** DONE, and nothing came to us: synchronised (MCH), or lowered to nothing by hand. */
export function isPaidElsewhere(order: schema.ServiceOrder): boolean {
  const types = order.collection?.details?.map((detail) => detail.paid_type) ?? []
  if (states.phaseOf(order) !== 'done' || types.includes('NEWTON')) return false
  return types.includes('MCH') || (types.length === 0 && order.total_amount === 0)
}

/** The members in which what WeChat Pay says contradicts our own record; none: it is about this lesson. */
export function lessonContradictions(
  order: schema.ServiceOrder,
  { lesson, signPlan }: { readonly lesson: Lesson; readonly signPlan: SignPlan },
): readonly string[] {
  const phase = states.phaseOf(order)
  const collects = phase === 'paying' || (phase === 'done' && !isPaidElsewhere(order))
  const pairs = {
    mchid: [lesson.mchid, order.mchid],
    outOrderNo: [lesson.out_order_no, order.out_order_no],
    appid: [signPlan.appid, order.appid],
    serviceId: [signPlan.service_id, order.service_id],
    openid: [signPlan.openid, order.openid ?? signPlan.openid],
    orderId: [lesson.order_id ?? order.order_id, order.order_id ?? lesson.order_id],
    ...(collects && { amountFen: [askedFen(lesson) ?? 'none', order.total_amount ?? askedFen(lesson)] }),
  }
  return Object.entries(pairs).flatMap(([name, [ours, theirs]]) => (ours === theirs ? [] : [name]))
}

/** The deduction (NEWTON) that succeeded, in the words of the ledger; undefined when it lacks what those have. */
export function toEvidence(order: schema.ServiceOrder, { openid }: SignPlan, proof: Proof): Evidence | undefined {
  const [detail, ...more] = (order.collection?.details ?? []).filter(({ paid_type }) => paid_type === 'NEWTON')
  if (!detail?.transaction_id || !detail.paid_time || detail.amount === undefined || more.length > 0) return undefined
  return {
    mchid: order.mchid,
    appid: order.appid,
    outTradeNo: order.out_order_no,
    transactionId: detail.transaction_id,
    amountFen: detail.amount,
    currency: 'CNY',
    openid: order.openid ?? openid,
    successTime: parseCompact(detail.paid_time),
    proof,
  }
}
