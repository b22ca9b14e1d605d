import { reports } from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { isFinal, isLocal, RequestFailed } from './request-failed.ts'

const failed = (code: string) => new RequestFailed({ code, message: code })

test.each(['INVALID_INPUT', 'GOODS_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'ORDER_PAID', 'ORDER_EXPIRED'])(
  '%s is the last word',
  (code) => expect(isFinal(failed(code))).toBe(true),
)

test.each([
  'OFFLINE',
  'TIMED_OUT',
  'ANSWER_UNREADABLE',
  'INTERNAL_ERROR',
  'UNAVAILABLE',
  'WECHATPAY_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'LOGIN_FAILED',
  'LOGIN_CODE_INVALID',
  'DEFECT',
])('%s leaves open what happened', (code) => expect(isFinal(failed(code))).toBe(false))

test('what is no answer of the server is not final', () => {
  expect(isFinal(new Error('no'))).toBe(false)
})

test('what can be reported is what no answer of the server tells of', () => {
  expect(reports.reportCodes.filter(isLocal)).toEqual([...reports.reportCodes])
  expect(['ORDER_PAID', 'INTERNAL_ERROR', 'toString'].filter(isLocal)).toEqual([])
})
