import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Check } from '../context.ts'
import { explain, isPassing } from '../explain.ts'
import { unusedNumber } from '../unused-number.ts'

const name = 'merchant key'

/** A signed question about a number that nobody used: that WeChat Pay does not know it proves that it knows us. */
export const checkMerchantKey: Check = async ({ wechat }) => {
  const proved = 'WeChat Pay accepts 商户号, serial, private key and clock'
  try {
    const request = { path: { out_trade_no: unusedNumber() }, query: { mchid: wechat.mchid } }
    await wechat.call(endpoints.queryByOutTradeNo, request)
    return { name, status: 'ok', what: proved }
  } catch (error) {
    if (error instanceof WechatPayError && error.status === 404 && error.apiCode === 'ORDER_NOT_EXIST') {
      return { name, status: 'ok', what: proved }
    }
    return { name, status: isPassing(error) ? 'warn' : 'fail', ...explain(error) }
  }
}
