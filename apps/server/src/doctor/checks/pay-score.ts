import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Check, DoctorCtx } from '../context.ts'
import { explain, isPassing } from '../explain.ts'
import { notifyUrlOf } from '../notify-url.ts'
import { unusedNumber } from '../unused-number.ts'
import { OPENID_OF_NOBODY } from './order.ts'

const name = 'Pay Score'

/**
 * Asks nobody to sign a plan that does not exist. Whatever refuses that before the plan does is what would refuse every
 * plan: service, 按计划确认, enrolment. GUESS: WeChat Pay looks at the service first, as its NO_AUTH elsewhere suggests.
 */
export const checkPayScore: Check = async (ctx) => {
  const { payScore } = ctx.env
  if (!payScore)
    return { name, status: 'skipped', what: 'WECHATPAY_PAYSCORE_SERVICE_ID is not set: no courses are sold' }
  const { serviceId, apiV2Key } = payScore
  try {
    await ctx.wechat.call(endpoints.createSignPlan, { body: bodyOf(ctx, serviceId) })
    return { name, status: 'warn', what: 'a made-up plan was taken', remedy: 'see who answers at WECHATPAY_BASE_URL' }
  } catch (error) {
    if (isAboutPlan(error)) {
      const detailPage = apiV2Key === null ? "; without WECHATPAY_API_V2_KEY_FILE nobody is led to WeChat's bill" : ''
      return { name, status: 'ok', what: `service ${serviceId} may have plans that people sign${detailPage}` }
    }
    if (error instanceof WechatPayError && error.status === 403) {
      return { name, status: 'fail', what: `service ${serviceId}: ${error.message}`, remedy }
    }
    return { name, status: isPassing(error) ? 'warn' : 'fail', ...explain(error) }
  }
}

const remedy =
  "ask WeChat Pay's staff for 按计划确认 of this service and for the enrolment (商户入驻) of this 商户号: docs/going-live.md"

const bodyOf = ({ env }: DoctorCtx, service_id: string) => ({
  service_id,
  plan_id: unusedNumber(),
  appid: env.openApi.appid,
  openid: OPENID_OF_NOBODY,
  merchant_sign_plan_no: unusedNumber(),
  notify_url: notifyUrlOf(env, 'payscore').href,
  sign_plan_detail: [{ plan_detail_no: 1, merchant_plan_detail_no: unusedNumber() }],
})

/** GUESS: the error table of that page could not be read. */
function isAboutPlan(error: unknown): boolean {
  if (!(error instanceof WechatPayError)) return false
  if (error.status === 404) return error.apiCode === 'RESOURCE_NOT_EXISTS'
  return error.status === 400 && /plan_id|计划/.test(`${error.message} ${JSON.stringify(error.apiDetail)}`)
}
