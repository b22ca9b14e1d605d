import { states } from '@shouyin/wechatpay-core/payments'
import { expect, test } from 'vitest'
import { fromWechat } from './states.ts'

test('every state of WeChat Pay has a finding', () => {
  const found = Object.fromEntries(states.tradeStates.map((state) => [state, fromWechat(state)]))
  expect(found).toEqual({
    NOTPAY: 'unpaid',
    USERPAYING: 'unpaid',
    PAYERROR: 'unpaid',
    SUCCESS: 'paid',
    REFUND: 'paid',
    CLOSED: 'closed',
    REVOKED: 'closed',
  })
})

test.each(['ACCEPT', 'success', '', 'constructor', '__proto__'])(
  'a state that we do not know proves nothing: %j',
  (state) => {
    expect(fromWechat(state)).toBe('unknown')
  },
)
