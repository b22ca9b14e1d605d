import type { PaymentAnswer } from '../core/environment.ts'
import type { Host } from '../core/host.ts'
import { showPaymentResult, showSignatureRefused } from '../shell/payment-result.ts'
import { showPaymentSheet } from '../shell/payment-sheet.ts'
import { showVoucher } from '../shell/voucher.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'
import { needNetwork } from './network/failures.ts'

const FIELDS = ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'] as const
const PREFIX = 'requestPayment:fail'

/**
 * WeChat checks the five values, shows its sheet, and answers what the user did. Checks and money are the simulator's
 * business; the answer's errMsg is passed on as it is.
 * https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestPayment.html
 */
export function paymentApis(host: Host) {
  return {
    requestPayment: asyncApi(host, 'requestPayment', async (options) => {
      const parameters = readParameters(options)
      needNetwork(host)
      const opened = await host.env.wechat.payment(parameters, 'open')
      if (!opened.sheet) {
        if (opened.reason === 'SIGNATURE_INVALID') showSignatureRefused(host)
        throw failure(opened)
      }
      const choice = await showPaymentSheet(host, opened.sheet)
      if (choice === 'cancel' && host.conditions.networkType === 'none') throw new WxFailure('cancel')
      needNetwork(host)
      const answer = await host.env.wechat.payment(parameters, choice)
      if (answer.errMsg !== 'requestPayment:ok') throw failure(answer)
      const sheet = { ...opened.sheet, ...answer.sheet }
      void showPaymentResult(host, sheet).then(() => showVoucher(host, sheet))
    }),
  }
}

function readParameters(options: Options): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const field of FIELDS) {
    const value = options[field] ?? (field === 'signType' ? 'MD5' : undefined)
    if (typeof value !== 'string') {
      const got = value === undefined ? 'Undefined' : `${typeof value}`.replace(/^./, (letter) => letter.toUpperCase())
      throw new WxFailure(`parameter error: parameter.${field} should be String instead of ${got};`)
    }
    parameters[field] = value
  }
  return parameters
}

/** A phone reports no code, so `reason` stays with the simulator and its dashboard. */
const failure = (answer: PaymentAnswer): WxFailure =>
  new WxFailure((answer.errMsg ?? PREFIX).replace(PREFIX, '').trim())
