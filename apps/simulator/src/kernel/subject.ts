import { type Call, decodeNumber, numberInBody, numberInQuery, outTradeNoOf } from './call.ts'
import type { World } from './world.ts'

/** Which order (of payment or of Pay Score, or which signed plan or card) and which refund a call is about. */
export interface Subject {
  readonly outTradeNo: string | null
  readonly outRefundNo: string | null
}

/** By any of the numbers that a call names; for faults and lists, so never strict. */
export function subjectOf(call: Call, world: World, mchid: string | null): Subject {
  const outRefundNo = inPath(call, /\/refunds\/([^/]+)$/) ?? numberInBody(call, 'out_refund_no')
  const named = outTradeNoOf(call)
  if (named !== null || mchid === null) return { outTradeNo: named, outRefundNo }
  const transactionId = inPath(call, /\/transactions\/id\/([^/]+)$/) ?? numberInBody(call, 'transaction_id')
  const queryId = numberInQuery(call, 'query_id')
  const known =
    (outRefundNo !== null && world.refunds.find(mchid, outRefundNo)) ||
    (transactionId !== null && world.transactions.findByTransactionId(mchid, transactionId))
  if (known) return { outTradeNo: known.outTradeNo, outRefundNo }
  const order = queryId === null ? undefined : world.payScore.orderByQueryId(mchid, queryId)
  return { outTradeNo: order?.outOrderNo ?? null, outRefundNo }
}

function inPath({ path }: Call, pattern: RegExp): string | null {
  const found = pattern.exec(path)?.[1]
  return found === undefined ? null : decodeNumber(found)
}
