export { createWechatPay, type WechatPay } from './client/client.ts'
export type { Download } from './client/download.ts'
export type { Notifications, OpenedNotification } from './client/notifications.ts'
export type { CallEvent, Hooks, VerificationEvent, WechatPayOptions } from './client/options.ts'
export {
  ConnectionError,
  nodeTransport,
  type Transport,
  type TransportAnswer,
  type TransportRequest,
  type TransportStream,
} from './client/transport.ts'
export type { Endpoint, Outcome, RequestOf, ResponseOf } from './contract/endpoint.ts'
export { type SignatureReason, WechatPayError, type WechatPayErrorCode } from './errors.ts'
export { localSigner, type Signer } from './keys/merchant-key.ts'
export type { PlatformKeysOptions } from './keys/platform-keys.ts'
export type { PaymentParameters } from './protocol/pay-sign.ts'
