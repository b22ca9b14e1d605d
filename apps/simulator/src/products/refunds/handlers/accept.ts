import type { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { Refuse } from '../../../kernel/handler.ts'
import type { StoredRefund } from '../../../kernel/refunds.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { newRefund, type RefundRequest, sum } from '../model.ts'
import { fund, isCovered, planRefund } from '../user/progress.ts'

/** Why a refund is not accepted. */
export type RefundRefusal =
  | 'ORDER_NOT_PAID'
  | 'ORDER_MISMATCH'
  | 'NUMBER_USED'
  | 'OVERDUE'
  | 'TOO_MUCH'
  | 'TOO_MANY'
  | 'TOO_SOON'
  | 'BALANCE_SHORT'

/**
 * Each as the API answers it. Read: ORDER_NOT_PAID, ORDER_MISMATCH, BALANCE_SHORT. A FAQ calls NUMBER_USED
 * REFUND_FEE_MISMATCH and OVERDUE TRADE_OVERDUE, without HTTP status, and the endpoint declares neither: their pairs, and
 * those of the other three, are GUESSES among the declared ones.
 */
export const refundRefusals = {
  ORDER_NOT_PAID: [404, 'RESOURCE_NOT_EXISTS', '订单不存在或未支付'],
  ORDER_MISMATCH: [400, 'INVALID_REQUEST', '您的请求参数与订单信息不一致'],
  NUMBER_USED: [400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试'],
  OVERDUE: [400, 'INVALID_REQUEST', '订单已经超过可退款的最大期限（支付后一年内可退款）'],
  TOO_MUCH: [400, 'INVALID_REQUEST', '申请退款金额超过订单可退金额'],
  TOO_MANY: [400, 'INVALID_REQUEST', '一笔订单最多支持50次部分退款'],
  TOO_SOON: [429, 'FREQUENCY_LIMITED', '该笔退款未受理，同一笔订单的退款需间隔1分钟，请稍后用原单号重试'],
  BALANCE_SHORT: [403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'],
} as const satisfies Record<RefundRefusal, Parameters<Refuse<(typeof endpoints)['create']>>>

const REFUNDABLE_MS = 365 * 86_400_000
const REFUNDS_MAX = 50

/** Accepts a refund: the money leaves the balance, the order is REFUND, WeChat goes on by itself. */
export function acceptRefund(
  world: World,
  transaction: StoredTransaction,
  request: RefundRequest,
): StoredRefund | RefundRefusal {
  const { mchid, outTradeNo } = transaction
  if (transaction.transactionId === null) return 'ORDER_NOT_PAID'
  const known = world.refunds.find(mchid, request.outRefundNo)
  if (known) return again(known, transaction, request)
  const earlier = world.refunds.ofOrder(mchid, outTradeNo)
  const standing = earlier.filter(({ status }) => status !== 'CLOSED')
  const refusal = whyNot(world, transaction, request, earlier, standing)
  if (refusal) return refusal
  const refund = newRefund(transaction, standing, request, world.clock.now())
  if (!isCovered(world, refund) && world.switches.refundShortBalance === 'refuse') return 'BALANCE_SHORT'
  world.refunds.add(refund)
  // DERIVED: 转入退款 is the state of an order from the moment of acceptance; a bill lists the refund from then on too.
  world.transactions.move(transaction, 'REFUND')
  fund(world, refund)
  planRefund(world, refund)
  return refund
}

/** 重入: a used number answers its refund, whatever became of it, or is refused. */
function again(known: StoredRefund, { outTradeNo }: StoredTransaction, request: RefundRequest) {
  if (known.outTradeNo !== outTradeNo) return 'ORDER_MISMATCH'
  return known.amountFen === request.amountFen && known.totalFen === request.totalFen ? known : 'NUMBER_USED'
}

function whyNot(
  world: World,
  { amountFen, successAtMs }: StoredTransaction,
  request: RefundRequest,
  earlier: readonly StoredRefund[],
  standing: readonly StoredRefund[],
): RefundRefusal | undefined {
  const nowMs = world.clock.nowMs()
  if (request.totalFen !== amountFen) return 'ORDER_MISMATCH'
  if (nowMs > (successAtMs ?? 0) + REFUNDABLE_MS) return 'OVERDUE'
  if (sum(standing, (refund) => refund.amountFen) + request.amountFen > amountFen) return 'TOO_MUCH'
  if (standing.length >= REFUNDS_MAX) return 'TOO_MANY'
  const lastMs = earlier.at(-1)?.createdAtMs ?? Number.NEGATIVE_INFINITY
  // DERIVED: the limit stands in the documents of the API; 商户平台 is not bound by it.
  const isSoon = request.source === 'API' && nowMs - lastMs < world.switches.refundMinGapSeconds * 1000
  return isSoon ? 'TOO_SOON' : undefined
}
