import { setTimeout as sleep } from 'node:timers/promises'
import type { AnswerFault } from './fault-kinds.ts'
import type { FaultList, Taken } from './faults.ts'
import { Refusal } from './refusal.ts'
import type { Switches } from './switches.ts'

/** The connection is cut instead of an answer, after some real time. */
export class Cut {
  readonly afterMs: number
  constructor(afterMs: number) {
    this.afterMs = afterMs
  }
}

type Fault = Taken<AnswerFault> | undefined

/** What comes instead of the effect, if anything does. */
export function insteadOfEffect(fault: Fault, switches: Switches): Cut | Refusal | undefined {
  switch (fault?.kind) {
    case 'error-before-effect':
      return new Refusal(fault.status, fault.code, '系统异常，请稍后重试')
    case 'rate-limit':
      return new Refusal(429, switches.rateLimitCode, '频率超限')
    case 'timeout-before-effect':
      return new Cut(fault.seconds * 1000)
    case 'reset-before-effect':
      return new Cut(0)
    default:
      return undefined
  }
}

/** What comes instead of the answer after the effect, if anything does. */
export function insteadOfAnswer(fault: Fault): Cut | Refusal | undefined {
  switch (fault?.kind) {
    case 'error-after-effect':
      return new Refusal(fault.status, fault.code, '系统异常，请稍后重试')
    case 'timeout-after-effect':
      return new Cut(fault.seconds * 1000)
    case 'reset-after-effect':
      return new Cut(0)
    default:
      return undefined
  }
}

/** What is answered in place of the truth. */
export function lie<Answer>(fault: Fault, answer: Answer): Answer {
  if (fault?.kind !== 'false-closed' || !isUnpaid(answer)) return answer
  return { ...answer, trade_state: 'CLOSED', trade_state_desc: '订单已关闭' }
}

const isUnpaid = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'trade_state' in answer && answer.trade_state === 'NOTPAY'

/** Keeps the answer back until the fault is released, replaced, or the caller has gone. */
export async function holdBack(fault: Fault, faults: FaultList, gone: AbortSignal): Promise<void> {
  if (fault?.kind !== 'hold-response') return
  await Promise.race([faults.hold(fault.id), aborted(gone)])
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Waits that long, or until the caller has gone. */
export const waitFor = (ms: number, gone: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: gone }).catch(() => undefined)
