import { describe, expect, expectTypeOf, it } from 'vitest'
import { createWechatPay } from '../index.ts'
import { makeParties, notifiedRefund, paidTransaction, sealed, signed } from '../testing/index.ts'
import type { VerificationEvent } from './options.ts'

const parties = makeParties()
const other = makeParties()
const events: VerificationEvent[] = []
const wechatPay = createWechatPay({ ...parties.options, hooks: { onVerification: (event) => events.push(event) } })
const open = (headers: Readonly<Record<string, string>>, body: Uint8Array) =>
  wechatPay.notifications.open({ headers, body })

describe('notifications (回调通知)', () => {
  it('opens TRANSACTION.SUCCESS, typed by kind', async () => {
    const body = sealed(parties, paidTransaction)
    const opened = await open(await signed(parties, body), body)
    expect(opened).toMatchObject({
      kind: 'payments.transactionSuccess',
      id: 'EV-2018022511223320873',
      eventType: 'TRANSACTION.SUCCESS',
    })
    if (opened.kind === 'payments.transactionSuccess') expect(opened.resource.amount.total).toBe(100)
  })

  it.each([
    ['an event type of tomorrow', paidTransaction, 'TRANSACTION.SPLIT', null],
    ['a combined order', { combine_out_trade_no: 'c', out_trade_no: 'x' }, 'TRANSACTION.SUCCESS', null],
    ["a service provider's order", { ...paidTransaction, sp_mchid: '1' }, 'TRANSACTION.SUCCESS', null],
    [
      'a paid order without a transaction id',
      { ...paidTransaction, transaction_id: undefined },
      'TRANSACTION.SUCCESS',
      expect.stringContaining('transaction_id'),
    ],
  ])('%s comes out as unknown, with its content', async (_, plaintext, eventType, problem) => {
    const body = sealed(parties, plaintext, eventType)
    const opened = await open(await signed(parties, body), body)
    expect(opened).toMatchObject({ kind: 'unknown', eventType })
    expect(opened.resource).toEqual(JSON.parse(JSON.stringify(plaintext)))
    if (opened.kind === 'unknown') expect(opened.problem).toEqual(problem)
  })

  it.each([
    ['REFUND.SUCCESS', 'refunds.success', notifiedRefund],
    ['REFUND.ABNORMAL', 'refunds.abnormal', { ...notifiedRefund, refund_status: 'ABNORMAL', success_time: undefined }],
    ['REFUND.CLOSED', 'refunds.closed', { ...notifiedRefund, refund_status: 'CLOSED', success_time: undefined }],
    ['REFUND.CLOSED', 'refunds.closed', { ...notifiedRefund, refund_status: 'OF_TOMORROW', success_time: null }],
  ])('opens %s as %s, whose state is called refund_status', async (eventType, kind, plaintext) => {
    const body = sealed(parties, plaintext, eventType)
    const opened = await open(await signed(parties, body), body)
    expect(opened).toMatchObject({ kind, eventType, resource: { refund_status: plaintext.refund_status } })
    if (opened.kind === 'refunds.success') expect(opened.resource.amount.refund).toBe(999)
    if (opened.kind === 'refunds.success') expectTypeOf(opened.resource.status).toBeUnknown()
  })

  const { mchid: _, ...withoutMchid } = notifiedRefund
  it.each([
    ["a service provider's refund", { ...withoutMchid, sp_mchid: '1', sub_mchid: '2' }, null],
    ['a refund of half a fen', { ...notifiedRefund, amount: { total: 9, refund: 0.5 } }, /amount/],
    ['a refund without its number', { ...notifiedRefund, out_refund_no: undefined }, null],
  ])('%s comes out as unknown', async (_, plaintext, problem) => {
    const body = sealed(parties, plaintext, 'REFUND.SUCCESS')
    const opened = await open(await signed(parties, body), body)
    expect(opened.kind).toBe('unknown')
    if (opened.kind === 'unknown') expect(opened.problem).toEqual(problem && expect.stringMatching(problem))
  })

  it.each(['<xml><return_code>SUCCESS</return_code><req_info>c2VhbGVk</req_info></xml>', '\uFEFF\n <xml>'])(
    "APIv2's XML notice of a refund is refused, and the error says what it is: %j",
    async (text) => {
      await expect(open({ 'content-type': 'text/xml' }, Buffer.from(text))).rejects.toMatchObject({
        code: 'ERR_SIGNATURE_INVALID',
        reason: 'HEADERS_MISSING',
        message: expect.stringMatching(/APIv2.*notify_url/),
      })
    },
  )

  it('a null member is an absent one, and an odd coupon does not hide a paid order', async () => {
    const odd = {
      ...paidTransaction,
      attach: null,
      bank_type: null,
      promotion_detail: [{ amount: 'x' }],
      scene_info: 7,
    }
    const body = sealed(parties, odd)
    const opened = await open(await signed(parties, body), body)
    expect(opened).toMatchObject({ kind: 'payments.transactionSuccess', resource: { amount: { total: 100 } } })
  })

  it('takes an ArrayBuffer too, as Fetch gives it', async () => {
    const body = sealed(parties, paidTransaction)
    const { buffer } = Uint8Array.from(body)
    expect(await wechatPay.notifications.open({ headers: await signed(parties, body), body: buffer })).toMatchObject({
      kind: 'payments.transactionSuccess',
    })
  })

  it('a hook that throws or rejects refuses nothing', async () => {
    for (const onVerification of [
      () => {
        throw new Error('metrics down')
      },
      () => Promise.reject(new Error('down')),
    ]) {
      const body = sealed(parties, paidTransaction)
      const hooked = createWechatPay({ ...parties.options, hooks: { onVerification } })
      const opened = await hooked.notifications.open({ headers: await signed(parties, body), body })
      expect(opened.kind).toBe('payments.transactionSuccess')
    }
  })

  it('verifies before it decrypts: a forged notification is a signature error, whatever is in it', async () => {
    const body = Buffer.from('not even JSON')
    await expect(open(await signed(other, body), body)).rejects.toMatchObject({
      code: 'ERR_SIGNATURE_INVALID',
      reason: 'SIGNATURE_MISMATCH',
    })
    await expect(open({}, body)).rejects.toMatchObject({ code: 'ERR_SIGNATURE_INVALID', reason: 'HEADERS_MISSING' })
  })

  it('a genuine one sealed with another APIv3 key is a decryption error that names the key', async () => {
    const body = sealed(other, paidTransaction)
    await expect(open(await signed(parties, body), body)).rejects.toMatchObject({
      code: 'ERR_DECRYPTION_FAILED',
      message: expect.stringContaining('APIv3'),
    })
  })

  it('what is sealed with the key before a change opens too, whichever of the two WeChat Pay uses', async () => {
    const { apiV3Key: previousApiV3Key } = other.options
    const changing = createWechatPay({ ...parties.options, previousApiV3Key })
    for (const key of [parties, other]) {
      const body = sealed(key, paidTransaction)
      const opened = await changing.notifications.open({ headers: await signed(parties, body), body })
      expect(opened.kind).toBe('payments.transactionSuccess')
    }
    const body = sealed(makeParties(), paidTransaction)
    const nobodys = changing.notifications.open({ headers: await signed(parties, body), body })
    await expect(nobodys).rejects.toMatchObject({ code: 'ERR_DECRYPTION_FAILED' })
  })

  it.each([
    '',
    '{}',
    '[]',
    '<xml></xml>',
    '{"id":"1","create_time":"2026-11-21T08:00:00+08:00","event_type":"X","resource":{}}',
  ])('a signed body %j that is no notification is malformed', async (text) => {
    const body = Buffer.from(text)
    await expect(open(await signed(parties, body), body)).rejects.toMatchObject({ code: 'ERR_RESPONSE_MALFORMED' })
  })

  it('P14: a parsed body, a string or a re-serialised body gets an error that says so', async () => {
    const body = sealed(parties, paidTransaction)
    const headers = await signed(parties, body)
    for (const wrong of [JSON.parse(Buffer.from(body).toString()), Buffer.from(body).toString()]) {
      await expect(open(headers, wrong as Uint8Array)).rejects.toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        message: expect.stringContaining('express.raw'),
      })
    }
    const again = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString()), null, 1))
    await expect(open(headers, again)).rejects.toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
      message: expect.stringContaining('exactly as received'),
    })
  })

  it('P10: an hour-old notification is refused', async () => {
    const body = sealed(parties, paidTransaction)
    const headers = await signed(parties, body, { at: new Date(Date.now() - 3_600_000) })
    await expect(open(headers, body)).rejects.toMatchObject({ reason: 'TIMESTAMP_OUTSIDE_TOLERANCE' })
  })

  it('counts probes apart from forgeries', async () => {
    events.length = 0
    const body = sealed(parties, paidTransaction)
    const headers = { ...(await signed(parties, body)), 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }
    await expect(open(headers, body)).rejects.toMatchObject({ reason: 'PROBE' })
    expect(events).toEqual([{ source: 'notification', result: 'PROBE' }])
  })
})
