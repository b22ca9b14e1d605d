export {
  AUTH_SCHEME,
  type Authorization,
  formatAuthorization,
  parseAuthorization,
  type RequestToSign,
  requestMessage,
} from './authorization.ts'
export {
  asApp,
  asH5,
  asNavigation,
  type BusinessType,
  type BusinessView,
  businessTypes,
  confirmOrderView,
  isSignedBusinessView,
  PAY_SCORE_APPID,
  serviceOrderView,
  signBusinessView,
  signPlanView,
} from './business-view.ts'
export { type CardPage, cardDetailPage, cardDetailPageById, DISCOUNT_CARD_APPID, takeCardPage } from './card-page.ts'
export {
  answerMessage,
  CLOCK_TOLERANCE_SECONDS,
  type SignatureHeaders,
  signAnswer,
} from './message-signature.ts'
export { sealNotification } from './notification.ts'
export { type PaymentParameters, type PayRequest, paySignMessage } from './pay-sign.ts'
