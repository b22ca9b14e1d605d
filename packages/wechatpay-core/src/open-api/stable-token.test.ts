import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { weixin } from '../testing/weixin-server.ts'
import { createOpenApi } from './index.ts'

const ANSWER = '{"access_token":"canary-token","expires_in":7200}'

describe('an access token (稳定版接口调用凭据)', () => {
  it.each([
    [undefined, false],
    [{ forceRefresh: true }, true],
  ])('is asked for with POST and JSON: %o', async (options, force_refresh) => {
    await using w = await weixin(ANSWER)
    expect(await w.openApi.stableToken(options)).toEqual({ accessToken: 'canary-token', expiresInSeconds: 7200 })
    const body = { grant_type: 'client_credential', appid: 'wx1', secret: 'canary-secret', force_refresh }
    expect(w.seen).toEqual([
      { method: 'POST', url: '/cgi-bin/stable_token', type: 'application/json; charset=utf-8', body },
    ])
  })

  it.each([
    ['{"errcode":40013,"errmsg":"invalid appid"}', 'APPID_INVALID', 'rejected'],
    ['{"errcode":40125,"errmsg":"invalid appsecret"}', 'SECRET_INVALID', 'rejected'],
    ['{"errcode":45009,"errmsg":"reach max api daily quota limit"}', 'QUOTA_USED', 'rejected'],
    ['{"errcode":-1,"errmsg":"system error"}', 'SYSTEM_BUSY', 'unknown'],
    ['{"errcode":12345,"errmsg":"new"}', undefined, 'unknown'],
    ['{"access_token":"","expires_in":7200}', undefined, 'unknown'],
    ['{"access_token":"t","expires_in":0}', undefined, 'unknown'],
    ['{"access_token":"t"}', undefined, 'unknown'],
    ['not JSON', undefined, 'unknown'],
  ])('%s is no token but %s, %s', async (answer, reason, outcome) => {
    await using w = await weixin(answer)
    await expect(w.openApi.stableToken()).rejects.toMatchObject({ name: 'OpenApiError', reason, outcome })
  })

  it('of an answer that is no 200 is none', async () => {
    await using w = await weixin(ANSWER, 502)
    await expect(w.openApi.stableToken()).rejects.toMatchObject({ errcode: undefined, outcome: 'unknown' })
  })

  it('costs no secret when it fails, not even one that WeChat quotes', async () => {
    await using quoting = await weixin('{"errcode":40125,"errmsg":"canary-secret is no secret"}')
    const quoted = await quoting.openApi.stableToken().catch((error: unknown) => error)
    expect(quoted).toMatchObject({ errcode: 40125, errmsg: '… is no secret' })
    const away = createOpenApi({ appid: 'wx1', appSecret: 'canary-secret', baseUrl: 'http://127.0.0.1:9' })
    const unreachable = await away.stableToken().catch((error: unknown) => error)
    expect(inspect([quoted, unreachable, away], { depth: 9, showHidden: true })).not.toContain('canary-secret')
  })
})
