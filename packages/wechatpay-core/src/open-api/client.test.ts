import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { weixin } from '../testing/weixin-server.ts'
import { createOpenApi } from './index.ts'

describe('wx.login code (小程序登录)', () => {
  it('is exchanged for the openid', async () => {
    await using w = await weixin('{"openid":"o1","session_key":"k==","unionid":"u1"}')
    expect(await w.openApi.login('c/+ 1')).toEqual({ openid: 'o1', sessionKey: 'k==', unionid: 'u1' })
    expect(w.seen).toEqual([
      {
        method: 'GET',
        url: '/sns/jscode2session?appid=wx1&secret=canary-secret&js_code=c%2F%2B+1&grant_type=authorization_code',
        type: undefined,
        body: undefined,
      },
    ])
  })

  it.each([
    ['{"errcode":40029,"errmsg":"invalid code, rid: 1"}', 40029, 'rejected'],
    ['{"errcode":40163,"errmsg":"code been used"}', 40163, 'rejected'],
    ['{"errcode":-1,"errmsg":"system error"}', -1, 'unknown'],
    ['{"errcode":99999,"errmsg":"new"}', 99999, 'unknown'],
    ['{"session_key":"k"}', undefined, 'unknown'],
    ['<html>', undefined, 'unknown'],
  ])('%s fails with errcode %s and the outcome %s', async (answer, errcode, outcome) => {
    await using w = await weixin(answer)
    await expect(w.openApi.login('c')).rejects.toMatchObject({ name: 'OpenApiError', errcode, outcome })
  })

  it.each([500, 302])('status %i logs nobody in, whatever the body says', async (status) => {
    await using w = await weixin('{"openid":"o1","session_key":"k"}', status)
    await expect(w.openApi.login('c')).rejects.toMatchObject({ outcome: 'unknown' })
  })

  it('an errcode as text is an errcode, and a null unionid is none', async () => {
    await using failing = await weixin('{"errcode":"40163","openid":"o1","session_key":"k"}')
    await expect(failing.openApi.login('c')).rejects.toMatchObject({ errcode: 40163, outcome: 'rejected' })
    await using w = await weixin('{"openid":"o1","session_key":"k","unionid":null}')
    expect(await w.openApi.login('c')).toEqual({ openid: 'o1', sessionKey: 'k' })
  })

  it('success with errcode 0 is success', async () => {
    await using w = await weixin('{"errcode":0,"openid":"o1","session_key":"k"}')
    expect(await w.openApi.login('c')).toEqual({ openid: 'o1', sessionKey: 'k' })
  })

  it('the app secret is in no error and in no print', async () => {
    const openApi = createOpenApi({ appid: 'wx1', appSecret: 'canary-secret', baseUrl: 'http://127.0.0.1:9' })
    const error = await openApi.login('c').catch((e: unknown) => e)
    expect(inspect([error, openApi], { depth: 9, showHidden: true })).not.toContain('canary-secret')
  })

  it('refuses settings that cannot work', () => {
    expect(() => createOpenApi({ appid: '', appSecret: 's' })).toThrow('appid')
    expect(() => createOpenApi({ appid: 'wx1', appSecret: ' ' })).toThrow('appSecret')
    expect(() => createOpenApi({ appid: 'wx1', appSecret: 's', baseUrl: 'http://api.example.com' })).toThrow(
      'plain http',
    )
  })
})
