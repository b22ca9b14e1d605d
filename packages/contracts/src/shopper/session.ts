import * as v from 'valibot'
import { defineRoute } from '../route.ts'

/** 登录: exchanges the code of `wx.login` for a session of ours. */
export const createSession = defineRoute({
  method: 'POST',
  path: '/api/session',
  summary: 'Log in with a code from wx.login',
  public: true,
  input: v.strictObject({ code: v.pipe(v.string(), v.minLength(1), v.maxLength(128)) }),
  output: v.object({ token: v.string(), expiresAt: v.string() }),
  errors: { LOGIN_CODE_INVALID: 401, WECHAT_UNAVAILABLE: 503 },
})
