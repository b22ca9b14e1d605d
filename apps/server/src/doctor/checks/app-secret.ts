import { isLoopback } from '@shouyin/wechatpay-core/contract'
import { OpenApiError } from '@shouyin/wechatpay-core/open-api'
import type { Check } from '../context.ts'
import { explain } from '../explain.ts'

const name = 'AppSecret'

const CODE_INVALID = 40_029
const BUSY = -1

/** Logs in with a code that cannot exist: whoever complains about the code has accepted AppID and AppSecret (GUESS). */
export const checkAppSecret: Check = async ({ openApi, env }) => {
  if (env.live && isLoopback(env.openApi.baseUrl)) {
    const what = `logins are answered by ${env.openApi.baseUrl.host}, on this machine: a simulator lets anybody be anybody`
    return { name, status: 'fail', what, remedy: 'unset WEIXIN_API_BASE_URL: real payments need real logins' }
  }
  try {
    await openApi.login('shouyin-doctor-has-no-code')
    return {
      name,
      status: 'warn',
      what: 'a made-up code logged somebody in',
      remedy: 'see who answers at WEIXIN_API_BASE_URL',
    }
  } catch (error) {
    if (!(error instanceof OpenApiError)) throw error
    if (error.errcode === CODE_INVALID) {
      return {
        name,
        status: 'ok',
        what: `${env.openApi.baseUrl.host} accepts AppID ${env.openApi.appid} and its AppSecret`,
      }
    }
    if (error.errcode === undefined) {
      const remedy = 'check that this machine reaches the host of WEIXIN_API_BASE_URL: DNS, firewall, proxy'
      return { name, status: 'fail', what: error.message, remedy }
    }
    return { name, status: error.errcode === BUSY ? 'warn' : 'fail', ...explain(error) }
  }
}
