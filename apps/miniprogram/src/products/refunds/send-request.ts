import { refunds } from '@shouyin/contracts/shopper'
import { api } from '../../shared/api.ts'
import { createIdempotency } from '../../shared/idempotency.ts'
import { isFinal } from '../../shared/request-failed.ts'
import { storage } from '../../shared/wechat.ts'

const idempotency = createIdempotency(storage, 'refund-request')

/** Asks for money back, once: the key outlives lost answers and a killed app. */
export async function sendRequest(request: {
  id: string
  amountFen: number
  reason: string
}): Promise<refunds.RefundProgress> {
  try {
    const made = await api.call(refunds.requestRefund, request, { idempotencyKey: idempotency.keyFor(request) })
    idempotency.settle()
    return made
  } catch (error) {
    if (isFinal(error)) idempotency.settle()
    throw error
  }
}
