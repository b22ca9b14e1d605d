import type { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Caller, Handlers, Refuse } from '../../kernel/handler.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { StoredTransaction } from '../../kernel/transactions.ts'
import { expiryOf, isSameOrder, makePrepayId, newTransaction, type OrderBody, toWire } from './model.ts'

type Endpoints = typeof endpoints

/** 小程序支付, answered as the wire reference says; what no source shows is marked GUESS. */
export const handlers: Handlers<Endpoints> = {
  createJsapi: ({ body, ...caller }, refuse) => {
    const { world, namesPublicKey } = caller
    if (body.appid !== world.appid) {
      throw refuse(
        400,
        'APPID_MCHID_NOT_MATCH',
        `appid和mch_id不匹配，请检查后再试（商户号${body.mchid}绑定的appid是${world.appid}）`,
      )
    }
    const now = world.clock.now()
    const existing = world.transactions.find(body.mchid, body.out_trade_no)
    const transaction = existing ?? newTransaction(body, now.getTime(), world.switches)
    if (existing) mayOrderAgain(existing, body, caller, refuse)
    else world.transactions.add(transaction)
    transaction.namesPublicKey = namesPublicKey
    const id = makePrepayId(now)
    world.transactions.addPrepay(transaction, { id, issuedAtMs: now.getTime() })
    return { prepay_id: id }
  },

  queryByOutTradeNo: ({ path, query, world }, refuse) => {
    const transaction = world.transactions.find(query.mchid, path.out_trade_no)
    if (!transaction) throw refuse(404, 'ORDER_NOT_EXIST', '订单不存在')
    return toWire(transaction)
  },

  queryByTransactionId: ({ path, query, world }, refuse) => {
    const transaction = world.transactions.findByTransactionId(query.mchid, path.transaction_id)
    if (!transaction) throw refuse(404, 'ORDER_NOT_EXIST', '订单不存在')
    return toWire(transaction)
  },

  close: ({ path, body, world }, refuse) => {
    const transaction = world.transactions.find(body.mchid, path.out_trade_no)
    // GUESS: the table of closing has no such case; the code is that of queries.
    if (!transaction) throw refuse(404, 'ORDER_NOT_EXIST', '订单不存在')
    const { closeMinAgeSeconds, closeClosedOrder } = world.switches
    if (transaction.tradeState === 'CLOSED') {
      // GUESS: the code; basic v3 documents neither this nor the next two.
      if (closeClosedOrder === 'refused') throw refuse(400, 'INVALID_REQUEST', '该订单已关闭')
      return undefined
    }
    const ageMs = world.clock.nowMs() - transaction.createdAtMs
    if (transaction.tradeState === 'NOTPAY' && ageMs < closeMinAgeSeconds * 1000) {
      throw refuse(400, 'INVALID_REQUEST', `订单生成后${closeMinAgeSeconds}秒内不能关单，请稍后再试`)
    }
    if (!world.transactions.move(transaction, 'CLOSED')) throw refuse(400, 'INVALID_REQUEST', '该订单已支付')
    return undefined
  },
}

/** 重入: only an unpaid, open order, with the parameters of its first call. */
function mayOrderAgain(
  existing: StoredTransaction,
  body: OrderBody,
  { world }: Caller,
  refuse: Refuse<Endpoints['createJsapi']>,
): void {
  const refusal = whyNotAgain(existing, body, world, refuse)
  if (refusal) throw refusal
  if (world.switches.reorderMayChangeTimeExpire) {
    existing.expiresAtMs = expiryOf(body, existing.createdAtMs, world.switches)
  }
}

function whyNotAgain(
  existing: StoredTransaction,
  body: OrderBody,
  world: Caller['world'],
  refuse: Refuse<Endpoints['createJsapi']>,
): Refusal | undefined {
  if (!isSameOrder(existing, body, world.switches)) {
    return world.switches.reorderCode === 'OUT_TRADE_NO_USED'
      ? refuse(403, 'OUT_TRADE_NO_USED', '商户订单号重复')
      : refuse(400, 'INVALID_REQUEST', '请求重入时，参数与首次请求时不一致')
  }
  // GUESS: the code; the sentence is WeChat's.
  if (existing.tradeState === 'SUCCESS' || existing.tradeState === 'REFUND')
    return refuse(400, 'INVALID_REQUEST', '该订单已支付')
  if (existing.tradeState === 'CLOSED') return refuse(400, 'ORDER_CLOSED', '该订单已关闭')
  // DERIVED: internal number 268447914 says 订单已失效; its code is a GUESS.
  if (world.clock.nowMs() >= existing.expiresAtMs) return refuse(400, 'INVALID_REQUEST', '订单已失效')
  return undefined
}
