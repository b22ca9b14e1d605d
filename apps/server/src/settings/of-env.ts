import type { ServerEnv } from '../env.ts'

/** What the client of the merchant is made of. */
export const merchantOptions = ({ merchant, wechatpayBaseUrl }: ServerEnv) => ({
  mchid: merchant.mchid,
  merchantSerialNo: merchant.serialNo,
  privateKey: merchant.privateKey,
  apiV3Key: merchant.apiV3Key,
  previousApiV3Key: merchant.previousApiV3Key,
  // Certificates too, for notifications signed with them during a switch-over.
  platformKeys: { ...(merchant.publicKey && { publicKey: merchant.publicKey }), fetchCertificates: true },
  baseUrl: wechatpayBaseUrl,
})

/** What verbs may know of the settings. @param url where the server listens */
export const configOf = (env: ServerEnv, url: string) => ({
  mchid: env.merchant.mchid,
  appid: env.openApi.appid,
  merchantName: env.merchant.name,
  notifyBaseUrl: env.publicUrl ?? new URL(url),
  orderTtlSeconds: env.orderTtlSeconds,
  refundApprovalAboveFen: env.refundApprovalAboveFen,
  refundAutoApproveFen: env.refundAutoApproveFen,
  shippingInfo: env.shippingInfo,
  payScore: env.payScore ?? null,
})
