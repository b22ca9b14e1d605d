import { randomNonce } from '../crypto/nonce.ts'
import { configInvalid } from '../errors.ts'
import { type Signer, signWith } from '../keys/merchant-key.ts'

export interface PayRequest {
  /** The mini-program that opens the cashier, which is also the one that ordered. */
  readonly appid: string
  /** Unix seconds, as a string. */
  readonly timeStamp: string
  readonly nonceStr: string
  /** `prepay_id=…` */
  readonly package: string
}

/** 调起支付签名串: four lines, each ended by `\n`. `signType` is not signed. */
export function paySignMessage(request: PayRequest): string {
  return `${request.appid}\n${request.timeStamp}\n${request.nonceStr}\n${request.package}\n`
}

/** Exactly what `wx.requestPayment` takes; `signType` must be passed because the client's own default is MD5. */
export interface PaymentParameters {
  readonly timeStamp: string
  readonly nonceStr: string
  readonly package: string
  readonly signType: 'RSA'
  readonly paySign: string
}

/**
 * 小程序调起支付: signs with the merchant key that made the order.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791898
 */
export async function makePaySign(
  input: { readonly appid: string; readonly prepayId: string },
  signer: Signer,
  now: Date,
): Promise<PaymentParameters> {
  if (!input.appid || !input.prepayId) throw configInvalid('paySign needs appid and prepayId')
  const timeStamp = String(Math.floor(now.getTime() / 1000))
  const nonceStr = randomNonce()
  const packageText = `prepay_id=${input.prepayId}`
  const message = paySignMessage({ appid: input.appid, timeStamp, nonceStr, package: packageText })
  return { timeStamp, nonceStr, package: packageText, signType: 'RSA', paySign: await signWith(signer, message) }
}
