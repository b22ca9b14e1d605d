import * as v from 'valibot'
import type { OpenApiCall } from './client.ts'
import { errcodes, type OpenApiEndpoint } from './endpoint.ts'

export const loginEndpoint = {
  id: 'openApi.login',
  method: 'GET',
  url: '/sns/jscode2session',
  query: v.object({
    appid: v.string(),
    secret: v.string(),
    js_code: v.string(),
    grant_type: v.literal('authorization_code'),
  }),
  response: v.looseObject({
    openid: v.pipe(v.string(), v.minLength(1)),
    session_key: v.string(),
    unionid: v.optional(v.string()),
  }),
  errors: [
    ...errcodes('unknown', { SYSTEM_BUSY: -1 }),
    ...errcodes('rejected', {
      APPID_INVALID: 40013,
      CODE_INVALID: 40029,
      SECRET_INVALID: 40125,
      CODE_USED: 40163,
      CODE_BLOCKED: 40226,
      APPID_MISSING: 41002,
      TOO_FREQUENT: 45011,
    }),
  ],
  doc: 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html',
} as const satisfies OpenApiEndpoint

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
    query: {
      appid: input.appid,
      secret: input.appSecret,
      js_code: input.code,
      grant_type: 'authorization_code',
    },
  })
  const user = { openid: answer.openid, sessionKey: answer.session_key }
  return answer.unionid === undefined ? user : { ...user, unionid: answer.unionid }
}
