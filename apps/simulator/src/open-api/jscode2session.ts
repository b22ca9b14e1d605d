import { randomBytes, randomUUID } from 'node:crypto'
import { type LoginErrorName, loginEndpoint } from '@shouyin/wechatpay-core/open-api'
import type { Simulator } from '../kernel/simulator.ts'

/** 小程序登录, `GET /sns/jscode2session`: HTTP 200 with an errcode, unsigned. */
export function jscode2session(simulator: Simulator, query: URLSearchParams): Readonly<Record<string, unknown>> {
  const appid = query.get('appid')
  if (!appid) return failure('APPID_MISSING', 'appid missing')
  const world = simulator.findByAppid(appid)
  if (!world) return failure('APPID_INVALID', 'invalid appid')
  if (query.get('secret') !== world.appSecret) return failure('SECRET_INVALID', 'invalid appsecret')
  // GUESS: a missing code, or another grant_type, is answered like a wrong code.
  const code = query.get('grant_type') === 'authorization_code' ? query.get('js_code') : null
  const login = world.logins.redeem(code ?? '')
  if (login === 'unknown') return failure('CODE_INVALID', 'invalid code')
  if (login === 'used') return failure('CODE_USED', 'code been used')
  return { session_key: randomBytes(16).toString('base64'), openid: login.openid }
}

export function failure(name: LoginErrorName, text: string): Readonly<Record<string, unknown>> {
  const errcode = loginEndpoint.errors.find((error) => error.name === name)?.errcode
  return { errcode, errmsg: `${text}, rid: ${randomUUID().slice(0, 8)}` }
}
