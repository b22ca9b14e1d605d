import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { payScore } from '../../../testing/index.ts'
import { phaseOf } from '../states.ts'
import { CancelResponse, PaidServiceOrder, ServiceAuthorisation, ServiceOrder } from './service-order.ts'

const { orderAnswers, cancelAnswer, paidNotice, confirmNotice, partnerPaidNotice, openServiceNotice } = payScore

describe('支付分订单', () => {
  it.each(Object.entries(orderAnswers))('the answer to %s is read, and what it proves', (_, { answer, phase }) => {
    const order = v.parse(ServiceOrder, answer)
    expect(order).toEqual({ ...answer, state_description: answer.state_description || undefined })
    expect(phaseOf(order)).toBe(phase)
  })

  it('a cancelled one is answered with its numbers only', () => {
    expect(v.parse(CancelResponse, cancelAnswer)).toEqual(cancelAnswer)
  })

  it.each<[string, unknown, number]>([
    ['a number', 40000, 40000],
    ['text', '40000', 40000],
    ['nothing', '0', 0],
  ])('its total may be %s', (_, total_amount, expected) => {
    expect(v.parse(ServiceOrder, { ...confirmNotice, total_amount }).total_amount).toBe(expected)
  })

  it.each(['', '400.00', '-1', '4e4', ' 40000', '9'.repeat(16), 0.5, -1, null, true])(
    'a total of %j is no money',
    (total_amount) => {
      expect(v.safeParse(ServiceOrder, { ...confirmNotice, total_amount }).success).toBe(false)
    },
  )

  it('takes empty strings for absent, everywhere', () => {
    const [detail] = paidNotice.collection.details
    const order = v.parse(ServiceOrder, {
      ...paidNotice,
      state_description: '',
      attach: '',
      notify_url: '',
      order_id: '',
      openid: '',
      collection: { state: '', details: [{ ...detail, paid_type: '', paid_time: '', transaction_id: '' }] },
    })
    expect(order).toMatchObject({ state_description: undefined, attach: undefined, order_id: undefined })
    expect(order.collection?.state).toBeUndefined()
    expect(order.collection?.details?.[0]).toMatchObject({ paid_time: undefined, transaction_id: undefined })
    expect(phaseOf(order)).toBe('unknown')
  })

  it('what is only shown may be odd, what money depends on may not', () => {
    const odd = { post_payments: 7, post_discounts: 'x', risk_fund: [], time_range: 1, location: null, fresh: 1 }
    expect(v.parse(ServiceOrder, { ...paidNotice, ...odd })).toMatchObject({ state: 'DONE', fresh: 1 })
    const collection = (change: object) => ({ ...paidNotice.collection, ...change })
    const [detail] = paidNotice.collection.details
    for (const change of [
      { collection: collection({ paid_amount: 0.5 }) },
      { collection: collection({ details: [{ ...detail, amount: '四万' }] }) },
      { collection: collection({ details: [{ ...detail, paid_time: '20090231091210' }] }) },
      { collection: collection({ details: {} }) },
      { state: undefined },
      { out_order_no: 1 },
    ]) {
      expect(v.safeParse(ServiceOrder, { ...paidNotice, ...change }).success, JSON.stringify(change)).toBe(false)
    }
  })
})

describe('支付成功', () => {
  it('is read as sent, also with its total as text and the number that some pages add', () => {
    expect(v.parse(PaidServiceOrder, paidNotice)).toEqual(paidNotice)
    const asText = { ...paidNotice, total_amount: '40000', out_trade_no: '1234323JKHDFE1243252' }
    expect(v.parse(PaidServiceOrder, asText)).toEqual({ ...asText, total_amount: 40000 })
    expect(phaseOf(v.parse(PaidServiceOrder, paidNotice))).toBe('done')
  })

  it.each<[string, object]>([
    ['nobody paid', { openid: undefined }],
    ['nothing was paid', { total_amount: undefined }],
    ['there is no collection', { collection: undefined }],
    ['the collection has no detail', { collection: { ...paidNotice.collection, details: [] } }],
    ['the detail has no amount', { collection: { ...paidNotice.collection, details: [{}] } }],
    ["it is a service provider's", partnerPaidNotice],
  ])('is not believed when %s', (what, change) => {
    const notice = what.startsWith('it is') ? change : { ...paidNotice, ...change }
    expect(v.safeParse(PaidServiceOrder, notice).success).toBe(false)
  })
})

describe('授权服务', () => {
  it('is read as sent, however its time is written', () => {
    expect(v.parse(ServiceAuthorisation, openServiceNotice)).toEqual(openServiceNotice)
    const today = { ...openServiceNotice, openorclose_time: '2018-02-25T11:22:33+08:00', authorization_code: '' }
    expect(v.parse(ServiceAuthorisation, today)).toMatchObject({
      openorclose_time: '2018-02-25T11:22:33+08:00',
      authorization_code: undefined,
    })
  })
})
