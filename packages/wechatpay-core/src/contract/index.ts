export {
  commonErrors,
  defineEndpoint,
  type Endpoint,
  type ErrorCase,
  type ErrorCaseOf,
  type Outcome,
  type ParsedRequestOf,
  type RequestOf,
  type ResponseOf,
  rejected,
  type Schema,
  unknown,
} from './endpoint.ts'
export { Fen, PositiveFen } from './fen.ts'
export { Appid, isLoopback, Mchid, NotifyUrl, Openid, OutTradeNo, text } from './fragments.ts'
export {
  defineNotification,
  matchNotification,
  type Notification,
  PAYMENT_LADDER,
  type ResourceOf,
  type RetryLadder,
} from './notification.ts'
export { type Step, step, type Transitions } from './state.ts'
export { formatShanghai, parseRfc3339, Rfc3339 } from './time.ts'
