import { type OpenApiErrorName, stableTokenEndpoint } from '@shouyin/wechatpay-core/open-api'
import { type Answer, failure, type Operation } from './operation.ts'

/** 获取稳定版接口调用凭据: the same token to everybody, renewed in its last five minutes. */
export const stableToken: Operation = {
  endpoint: stableTokenEndpoint,
  findWorld: (simulator, { body }) => simulator.findByAppid(String(body?.appid)),
  answer(world, { body }) {
    if (!body) return refuse('DATA_FORMAT_INVALID', 'data format error')
    const { grant_type, appid, secret, force_refresh = false } = body
    if (!appid) return refuse('APPID_MISSING', 'appid missing')
    if (!secret) return refuse('SECRET_MISSING', 'appsecret missing')
    if (grant_type !== 'client_credential') return refuse('GRANT_TYPE_INVALID', 'invalid grant_type')
    if (!world) return refuse('APPID_INVALID', 'invalid appid')
    if (secret !== world.appSecret) return refuse('SECRET_INVALID', 'invalid appsecret')
    if (typeof force_refresh !== 'boolean') return refuse('DATA_FORMAT_INVALID', 'data format error')
    if (force_refresh && world.accessTokens.force() === 'used-up') {
      return refuse('QUOTA_USED', 'reach max api daily quota limit')
    }
    const { token, expiresInSeconds } = world.accessTokens.issue()
    return { access_token: token, expires_in: expiresInSeconds }
  },
}

// GUESS: the order of the checks, and that 45009 is the answer to the 21st forced refresh of a day.
const refuse = (name: OpenApiErrorName<typeof stableTokenEndpoint>, text: string): Answer =>
  failure(stableTokenEndpoint, name, text)
