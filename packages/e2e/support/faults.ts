import type { Fault } from './simulated.ts'

/** More than the client's own tries of one call. */
export const OFTEN = 4

/** Everything that can go wrong with an answer of WeChat Pay. */
export const answerFaults: readonly Fault[] = [
  { kind: 'error-before-effect' },
  { kind: 'error-after-effect' },
  { kind: 'error-before-effect', status: 503, code: 'SERVICE_UNAVAILABLE' },
  { kind: 'rate-limit' },
  { kind: 'ok-without-effect' },
  { kind: 'timeout-before-effect', seconds: 0.5 },
  { kind: 'timeout-after-effect', seconds: 0.5 },
  { kind: 'reset-before-effect' },
  { kind: 'reset-after-effect' },
  { kind: 'hold-response' },
  { kind: 'unsigned-response' },
  { kind: 'tamper-response' },
  { kind: 'probe-response' },
  { kind: 'wrong-serial', on: 'response' },
  { kind: 'odd-json' },
]
