export { createOpenApi, type OpenApi, type OpenApiOptions } from './client.ts'
export type { ErrcodeCase, OpenApiEndpoint, OpenApiErrorName, OpenApiRequestOf } from './endpoint.ts'
export { OpenApiError } from './error.ts'
export { loginEndpoint, type WechatUser } from './login.ts'
export { formatUploadTime } from './shipping.ts'
export {
  deliveryModes,
  getShippingOrderEndpoint,
  isTradeManagedEndpoint,
  logisticsTypes,
  orderNumberTypes,
  type ShippingOrder,
  type ShippingOrderKey,
  shippingStates,
  UploadShippingInfo,
  uploadShippingInfoEndpoint,
} from './shipping-endpoints.ts'
export { type AccessToken, stableTokenEndpoint } from './stable-token.ts'
