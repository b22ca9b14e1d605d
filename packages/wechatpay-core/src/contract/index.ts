export {
  commonErrors,
  defineEndpoint,
  type Endpoint,
  type ErrorCase,
  type ErrorCaseOf,
  type Outcome,
  type ParsedRequestOf,
  type RequestOf,
  type ResponseInputOf,
  type ResponseOf,
  rejected,
  type Schema,
  unknown,
} from './endpoint.ts'
export { Fen, PositiveFen, PrintedFen } from './fen.ts'
export { Appid, isLoopback, Mchid, NotifyUrl, Openid, OutTradeNo, orEmpty, text } from './fragments.ts'
export {
  defineNotification,
  matchNotification,
  type Notification,
  PAY_SCORE_LADDER,
  PAYMENT_LADDER,
  type ResourceOf,
  type RetryLadder,
  SIGN_LADDER,
} from './notification.ts'
export { type Step, step, type Transitions } from './state.ts'
export {
  CompactTime,
  formatCompact,
  formatShanghai,
  formatShanghaiMs,
  parseCompact,
  parseRfc3339,
  Rfc3339,
} from './time.ts'
