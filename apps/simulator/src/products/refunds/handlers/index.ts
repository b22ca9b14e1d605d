import type { endpoints, schema } from '@shouyin/wechatpay-core/refunds'
import type { InferOutput } from 'valibot'
import type { Caller, Handlers } from '../../../kernel/handler.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import { type RefundRequest, toWire } from '../model.ts'
import { acceptRefund, refundRefusals } from './accept.ts'
import { redirectRefund } from './redirect.ts'

type CreateBody = InferOutput<typeof schema.CreateBody>

/** 退款, answered as the wire reference says; what no source shows is marked GUESS. */
export const handlers: Handlers<typeof endpoints> = {
  create: ({ body, world, merchant, namesPublicKey }, refuse) => {
    const transaction = findOrder(body, { world, merchant })
    const result =
      typeof transaction === 'string'
        ? transaction
        : acceptRefund(world, transaction, { ...toRequest(body), namesPublicKey })
    if (typeof result === 'string') throw refuse(...refundRefusals[result])
    return toWire(result)
  },

  query: ({ path, world, merchant }, refuse) => {
    const refund = world.refunds.find(merchant.mchid, path.out_refund_no)
    if (!refund) throw refuse(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
    return toWire(refund)
  },

  applyAbnormal: ({ path, body, world, merchant }, refuse) => {
    const refund = world.refunds.findByRefundId(merchant.mchid, path.refund_id)
    if (!refund) throw refuse(404, 'RESOURCE_NOT_EXISTS', '退款单不存在')
    if (refund.outRefundNo !== body.out_refund_no) {
      // GUESS: no source shows what two numbers of different refunds come to.
      throw refuse(400, 'INVALID_REQUEST', '您的请求参数与订单信息不一致')
    }
    redirectRefund(world, refund, body, refuse)
    return toWire(refund)
  },
}

/** By either number; both must be of one order. */
function findOrder(
  { transaction_id: transactionId, out_trade_no: outTradeNo }: CreateBody,
  { world, merchant: { mchid } }: Pick<Caller, 'world' | 'merchant'>,
): StoredTransaction | 'ORDER_NOT_PAID' | 'ORDER_MISMATCH' {
  const { transactions } = world
  const byId = transactionId === undefined ? undefined : transactions.findByTransactionId(mchid, transactionId)
  const byNumber = outTradeNo === undefined ? undefined : transactions.find(mchid, outTradeNo)
  const namesBoth = transactionId !== undefined && outTradeNo !== undefined
  if (namesBoth && (byId || byNumber) && byId !== byNumber) return 'ORDER_MISMATCH'
  return byId ?? byNumber ?? 'ORDER_NOT_PAID'
}

const toRequest = (body: CreateBody): Omit<RefundRequest, 'namesPublicKey'> => ({
  outRefundNo: body.out_refund_no,
  amountFen: body.amount.refund,
  totalFen: body.amount.total,
  reason: body.reason ?? null,
  notifyUrl: body.notify_url ?? null,
  source: 'API',
  fundsAccount: body.funds_account ?? 'UNSETTLED',
  from: (body.amount.from ?? []).map(({ account, amount }) => ({ account, amountFen: amount })),
})
