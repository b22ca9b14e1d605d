import * as v from 'valibot'
import type { Outcome } from '../contract/endpoint.ts'

/**
 * The other protocol: api.weixin.qq.com answers 200 with an `errcode`, unsigned, over TLS only.
 * `errcode` absent or 0 is success.
 */
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
    { errcode: -1, name: 'SYSTEM_BUSY', outcome: 'unknown' },
    { errcode: 40013, name: 'APPID_INVALID', outcome: 'rejected' },
    { errcode: 40029, name: 'CODE_INVALID', outcome: 'rejected' },
    { errcode: 40125, name: 'SECRET_INVALID', outcome: 'rejected' },
    { errcode: 40163, name: 'CODE_USED', outcome: 'rejected' },
    { errcode: 40226, name: 'CODE_BLOCKED', outcome: 'rejected' },
    { errcode: 41002, name: 'APPID_MISSING', outcome: 'rejected' },
    { errcode: 45011, name: 'TOO_FREQUENT', outcome: 'rejected' },
  ],
  doc: 'https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/user-login/code2Session.html',
} as const satisfies OpenApiEndpoint

export interface OpenApiEndpoint {
  readonly id: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly query: v.GenericSchema
  readonly response: v.GenericSchema
  readonly errors: readonly { readonly errcode: number; readonly name: string; readonly outcome: Outcome }[]
  readonly doc: string
}

export type LoginErrorName = (typeof loginEndpoint.errors)[number]['name']
