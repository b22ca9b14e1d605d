import { type WechatPay, WechatPayError } from '@shouyin/wechatpay-core'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Check, DoctorCtx } from '../context.ts'
import { explain, isPassing } from '../explain.ts'
import { notifyUrlOf } from '../notify-url.ts'
import { unusedNumber } from '../unused-number.ts'

const name = 'order'

/** The least. It does not close the order: that takes a call. */
const EXPIRES_MS = 60_000
/** Of no AppID: WeChat's own are 28 characters. */
export const OPENID_OF_NOBODY = 'oShouyinDoctorIsNobodyAtAll0'

/**
 * An order that nobody can pay: 1 fen, for an openid that cannot exist, for one minute. Whatever refuses it before the
 * openid does is what would refuse every order: binding of AppID and 商户号, permission of 小程序支付, notify_url.
 */
export const checkOrder: Check = async (ctx) => {
  const outTradeNo = unusedNumber()
  try {
    await ctx.wechat.call(endpoints.createJsapi, { body: orderBody(ctx, outTradeNo) })
    const taken = 'WeChat Pay takes orders of this AppID and 商户号'
    if (await close(ctx.wechat, outTradeNo)) return { name, status: 'ok', what: `${taken}; the test order is closed` }
    const what = `${taken}; the test order ${outTradeNo} could not be closed`
    return { name, status: 'warn', what, remedy: 'nobody can pay it, and WeChat Pay closes it after seven days' }
  } catch (error) {
    // It may be there all the same.
    if (error instanceof WechatPayError && error.outcome === 'unknown') await close(ctx.wechat, outTradeNo)
    if (isAboutOpenid(error)) {
      const what = 'WeChat Pay refuses nothing but the made-up openid: AppID, 商户号 and permission are in order'
      return { name, status: 'ok', what }
    }
    if (error instanceof WechatPayError && error.code === 'ERR_SIGNATURE_INVALID') {
      return { name, status: 'warn', what: 'an answer came that cannot be believed', remedy: 'see: platform key' }
    }
    return { name, status: isPassing(error) ? 'warn' : 'fail', ...explain(error) }
  }
}

function orderBody({ env, now }: DoctorCtx, outTradeNo: string) {
  return {
    appid: env.openApi.appid,
    mchid: env.merchant.mchid,
    description: '收银自检-请勿支付',
    out_trade_no: outTradeNo,
    time_expire: formatShanghai(new Date(now().getTime() + EXPIRES_MS)),
    notify_url: notifyUrlOf(env).href,
    amount: { total: 1, currency: 'CNY' as const },
    payer: { openid: OPENID_OF_NOBODY },
  }
}

/** GUESS: no page prints the answer to a made-up openid; for another AppID's it is 400 PARAM_ERROR, which names it. */
function isAboutOpenid(error: unknown): boolean {
  if (!(error instanceof WechatPayError)) return false
  if (error.apiCode === 'OPENID_MISMATCH') return true
  return error.status === 400 && /openid/i.test(`${error.message} ${JSON.stringify(error.apiDetail)}`)
}

/** @returns false when nobody knows */
async function close(wechat: WechatPay, outTradeNo: string): Promise<boolean> {
  try {
    await wechat.call(endpoints.close, { path: { out_trade_no: outTradeNo }, body: { mchid: wechat.mchid } })
    return true
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return false
  }
}
