import type { OpenApiCall } from './client.ts'
import { loginEndpoint } from './endpoint.ts'

export interface WechatUser {
  /** One per AppID. */
  readonly openid: string
  /** Must never leave the server nor reach a log. */
  readonly sessionKey: string
  readonly unionid?: string
}

/**
 * Exchanges the code of `wx.login` (single use, 5 minutes).
 * @throws OpenApiError; 40029 and 40163 mean that the code is wrong or used: ask the mini-program to log in again
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html
 */
export async function login(
  call: OpenApiCall,
  input: { readonly appid: string; readonly appSecret: string; readonly code: string },
): Promise<WechatUser> {
  const answer = await call(loginEndpoint, {
    appid: input.appid,
    secret: input.appSecret,
    js_code: input.code,
    grant_type: 'authorization_code',
  })
  const user = { openid: answer.openid, sessionKey: answer.session_key }
  return answer.unionid === undefined ? user : { ...user, unionid: answer.unionid }
}
