import * as v from 'valibot'
import type { OpenApiCall } from './client.ts'
import { errcodes, type OpenApiEndpoint } from './endpoint.ts'

export const stableTokenEndpoint = {
  id: 'openApi.stableToken',
  method: 'POST',
  url: '/cgi-bin/stable_token',
  query: v.object({}),
  body: v.strictObject({
    grant_type: v.literal('client_credential'),
    appid: v.string(),
    secret: v.string(),
    force_refresh: v.optional(v.boolean()),
  }),
  response: v.looseObject({
    access_token: v.pipe(v.string(), v.minLength(1)),
    expires_in: v.pipe(v.number(), v.minValue(1)),
  }),
  errors: [
    ...errcodes('unknown', { SYSTEM_BUSY: -1 }),
    ...errcodes('rejected', {
      GRANT_TYPE_INVALID: 40002,
      APPID_INVALID: 40013,
      SECRET_INVALID: 40125,
      APPID_MISSING: 41002,
      SECRET_MISSING: 41004,
      QUOTA_USED: 45009,
      TOO_FREQUENT: 45011,
      DATA_FORMAT_INVALID: 47001,
      IP_NOT_ALLOWED: 61004,
    }),
  ],
  doc: 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html',
} as const satisfies OpenApiEndpoint

export interface AccessToken {
  /** Up to 512 characters. Whoever has it may call in the name of the mini-program. */
  readonly accessToken: string
  /** At most 7200, at least 300. */
  readonly expiresInSeconds: number
}

/**
 * 获取稳定版接口调用凭据. Without `forceRefresh` everybody gets the same token; WeChat renews it in its last 5 minutes
 * and lets the old one live 5 minutes more.
 * @throws OpenApiError; 40013 and 40125 mean that AppID or AppSecret are wrong
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */
export async function stableToken(
  call: OpenApiCall,
  input: { readonly appid: string; readonly appSecret: string; readonly forceRefresh: boolean },
): Promise<AccessToken> {
  const answer = await call(stableTokenEndpoint, {
    query: {},
    body: {
      grant_type: 'client_credential',
      appid: input.appid,
      secret: input.appSecret,
      force_refresh: input.forceRefresh,
    },
  })
  return { accessToken: answer.access_token, expiresInSeconds: answer.expires_in }
}
