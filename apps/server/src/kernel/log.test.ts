import { WechatPayError } from '@shouyin/wechatpay-core'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createLogSink } from '../testing/running.ts'
import { createLogger, describeError, printable } from './log.ts'

describe('a log line', () => {
  test('has what may be printed and nothing else', () => {
    const sink = createLogSink()
    const secrets = {
      openid: 'oSecret',
      token: 'tSecret',
      session_key: 'sSecret',
      body: 'bSecret',
      nested: { openid: 'n' },
    }
    createLogger('info', sink.stream).info({ outTradeNo: 'abc', amountFen: 100, ...secrets }, 'paid')
    expect(sink.lines()).toEqual([
      expect.objectContaining({ level: 'info', outTradeNo: 'abc', amountFen: 100, msg: 'paid' }),
    ])
    expect(sink.text()).not.toMatch(/Secret|openid|token|session_key|nested/)
  })

  test('cannot be made to carry an object under a name that is allowed', () => {
    expect(printable({ code: { openid: 'oSecret' }, fields: [{ openid: 'oSecret' }] })).toEqual({})
  })

  test('is cut where a value is long', () => {
    expect(String(printable({ reason: 'x'.repeat(5000) }).reason)).toHaveLength(300)
  })
})

describe('an error in the log', () => {
  test('of PostgreSQL shows its code and constraint, not the row', () => {
    const error = Object.assign(new pg.DatabaseError('duplicate key (openid)=(oSecret)', 10, 'error'), {
      severity: 'ERROR',
      code: '23505',
      constraint: 'wechat_user_appid_openid_key',
      detail: 'Key (openid)=(oSecret) already exists.',
    })
    const described = describeError(error)
    expect(described).toMatchObject({ code: '23505', constraint: 'wechat_user_appid_openid_key' })
    expect(JSON.stringify(described)).not.toContain('oSecret')
  })

  test('of a parser does not quote its input', () => {
    let error: unknown
    try {
      JSON.parse('{"session_key":"sSecret"')
    } catch (thrown) {
      error = thrown
    }
    expect(JSON.stringify(describeError(error))).not.toContain('sSecret')
  })

  test('of WeChat Pay shows what to look up, not what was sent', () => {
    const details = {
      outcome: 'rejected',
      status: 400,
      apiCode: 'PARAM_ERROR',
      requestId: 'REQ-1',
      cause: 'oSecret',
    } as const
    const described = describeError(new WechatPayError('ERR_API', 'openid oSecret is wrong', details))
    expect(described).toMatchObject({ code: 'ERR_API', apiCode: 'PARAM_ERROR', status: 400, requestId: 'REQ-1' })
    expect(JSON.stringify(described)).not.toContain('oSecret')
  })

  test('of ours says where it happened', () => {
    expect(describeError(new TypeError('no such thing'))).toMatchObject({
      message: 'no such thing',
      at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    })
    expect(describeError('thrown text')).toEqual({ name: 'string' })
  })
})
