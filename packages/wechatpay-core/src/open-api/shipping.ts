import type { OpenApiCall } from './client.ts'
import {
  getShippingOrderEndpoint,
  isTradeManagedEndpoint,
  type ShippingOrder,
  type ShippingOrderKey,
  type UploadShippingInfo,
  uploadShippingInfoEndpoint,
} from './shipping-endpoints.ts'

const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000

/** `upload_time`: RFC 3339 with milliseconds, `2022-12-15T13:29:35.120+08:00`. */
export const formatUploadTime = (at: Date): string =>
  new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().replace('Z', '+08:00')

/**
 * 发货信息录入. A payment can be shipped anew once; the same content again is answered 10060023 and changes nothing.
 * @throws OpenApiError; `outcome: 'unknown'`: it may have been taken, ask with `getShippingOrder`
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/order_shipping/api_uploadshippinginfo
 */
export async function uploadShippingInfo(
  call: OpenApiCall,
  accessToken: string,
  body: UploadShippingInfo,
): Promise<void> {
  await call(uploadShippingInfoEndpoint, { query: { access_token: accessToken }, body })
}

/**
 * 查询订单发货状态: whether WeChat knows that the order was shipped.
 * @throws OpenApiError; 10060001 right after a payment means: not yet
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/order_shipping/api_getorder
 */
export async function getShippingOrder(
  call: OpenApiCall,
  accessToken: string,
  key: ShippingOrderKey,
): Promise<ShippingOrder> {
  return (await call(getShippingOrderEndpoint, { query: { access_token: accessToken }, body: key })).order
}

/**
 * Whether this mini-program has 发货信息管理服务, so that its orders have to be shipped there.
 * @throws OpenApiError
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/order_shipping/api_istrademanaged
 */
export async function isTradeManaged(call: OpenApiCall, accessToken: string, appid: string): Promise<boolean> {
  const answer = await call(isTradeManagedEndpoint, { query: { access_token: accessToken }, body: { appid } })
  return answer.is_trade_managed
}
