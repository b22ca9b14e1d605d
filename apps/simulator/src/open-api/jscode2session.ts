import { randomBytes } from 'node:crypto'
import { loginEndpoint, type OpenApiErrorName } from '@shouyin/wechatpay-core/open-api'
import { type Answer, failure, type Operation } from './operation.ts'

/** 小程序登录. */
export const jscode2session: Operation = {
  endpoint: loginEndpoint,
  findWorld: (simulator, { query }) => simulator.findByAppid(query.get('appid') ?? ''),
  answer(world, { query }) {
    if (!query.get('appid')) return refuse('APPID_MISSING', 'appid missing,')
    if (!world) return refuse('APPID_INVALID', 'invalid appid,')
    if (query.get('secret') !== world.appSecret) return refuse('SECRET_INVALID', 'invalid appsecret,')
    // GUESS: a missing code, or another grant_type, is answered like a wrong code.
    const code = query.get('grant_type') === 'authorization_code' ? query.get('js_code') : null
    const login = world.logins.redeem(code ?? '')
    if (login === 'unknown') return refuse('CODE_INVALID', 'invalid code,')
    if (login === 'used') return refuse('CODE_USED', 'code been used,')
    return { session_key: randomBytes(16).toString('base64'), openid: login.openid }
  },
}

const refuse = (name: OpenApiErrorName<typeof loginEndpoint>, text: string): Answer =>
  failure(loginEndpoint, name, text)
