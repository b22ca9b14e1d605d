import { refunds } from '@shouyin/contracts/shopper'
import { createIdempotency } from '../../shared/idempotency.ts'
import { isFinal } from '../../shared/request-failed.ts'
import { storage } from '../../shared/wechat.ts'
import { api } from './api.ts'

const idempotency = createIdempotency(storage, 'refund-request')

interface Wanted {
  id: string
  amountFen: number
  reason: string
}

/**
 * Asks for money back, once: the key outlives lost answers and a killed app. Where less is left than it was, an earlier
 * request did arrive, and the same sum once more is another request.
 */
export async function sendRequest(wanted: Wanted, refundableFen: number): Promise<refunds.RefundProgress> {
  const idempotencyKey = idempotency.keyFor({ ...wanted, refundableFen })
  try {
    const made = await api.call(refunds.requestRefund, wanted, { idempotencyKey })
    idempotency.settle()
    return made
  } catch (error) {
    if (isFinal(error)) idempotency.settle()
    throw error
  }
}
