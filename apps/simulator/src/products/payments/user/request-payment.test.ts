import { paySignMessage } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { type Receiver, startReceiver } from '../../../testing/receiver.ts'
import { until } from '../../../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let order: ReturnType<TestMerchant['orderBody']>
let prepayId: string

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
beforeEach(async () => {
  order = merchant.orderBody()
  prepayId = (await merchant.order(order)).json.prepay_id
})
afterAll(() => simulator.close())

const cashier = async (action: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const given = { ...merchant.payParameters(prepayId), openid: 'oTestShopper', action, ...changes }
  const answer = await merchant.control('POST', '/client/request-payment', given)
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.json)).toEqual(['errMsg', 'reason', 'sheet'])
  return answer.json
}
/** Signed again after a change, so that only the change itself is wrong. */
const signedWith = (changes: { appid?: string; package?: string; timeStamp?: string }) => {
  const { signType, paySign, ...parameters } = { ...merchant.payParameters(prepayId), ...changes }
  return { ...parameters, signType, paySign: merchant.sign(paySignMessage(parameters)) }
}
const state = async () => (await merchant.query(order.out_trade_no)).json.trade_state
const clockNow = async (plusSeconds: number) => {
  const { now } = (await merchant.control('GET', '/clock')).json
  return new Date(Date.parse(now) + plusSeconds * 1000).toISOString()
}
const advance = (seconds: number) => merchant.control('POST', '/clock/advance', { seconds })

describe('the sheet', () => {
  test('shows amount, description and merchant, and changes nothing', async () => {
    const { merchantName } = merchant.info
    const sheet = { amountFen: 100, description: order.description, merchantName }
    expect(await cashier('open')).toEqual({ errMsg: null, reason: null, sheet })
    expect(await state()).toBe('NOTPAY')
  })

  test('paid: the order is SUCCESS before the answer', async () => {
    expect(await cashier('pay')).toEqual({ errMsg: 'requestPayment:ok', reason: null, sheet: null })
    expect(await state()).toBe('SUCCESS')
  })

  test('cancelled: the order stays open and can be paid later', async () => {
    expect(await cashier('cancel')).toEqual({
      errMsg: 'requestPayment:fail cancel',
      reason: 'USER_CANCELLED',
      sheet: null,
    })
    expect(await state()).toBe('NOTPAY')
    expect((await cashier('pay')).errMsg).toBe('requestPayment:ok')
  })
})

describe.each([['open'], ['pay'], ['cancel']])('%s is refused', (action) => {
  const failure = (reason: string, words: string | RegExp = /^requestPayment:fail .*[\u4e00-\u9fff]/) => ({
    errMsg: typeof words === 'string' ? words : expect.stringMatching(words),
    reason,
    sheet: null,
  })

  test.each([
    ['timeStamp', 1_700_000_000],
    ['timeStamp', '1700000000000'],
    ['nonceStr', null],
    ['package', ''],
    ['paySign', { a: 1 }],
    ['openid', undefined],
    ['appid', ['wx']],
    ['signType', 'MD5'],
  ])('when %s is %j', async (name, value) => {
    const answer = await cashier(action, { [name]: value })
    expect(answer).toEqual(failure('PARAMETER_INVALID'))
    expect(answer.errMsg).toContain(name)
  })

  test('when another mini-program opens it, even rightly signed', async () => {
    expect(await cashier(action, signedWith({ appid: 'wxother' }))).toEqual(failure('APPID_MISMATCH'))
  })

  test('when the signature does not fit, and looks like a cancel as on a phone', async () => {
    const wrong = { nonceStr: 'other' }
    expect(await cashier(action, wrong)).toEqual(failure('SIGNATURE_INVALID', 'requestPayment:fail cancel'))
  })

  test('when the prepay_id is unknown', async () => {
    const unknown = signedWith({ package: 'prepay_id=wx0000' })
    expect(await cashier(action, unknown)).toEqual(failure('PREPAY_UNKNOWN'))
    expect(await cashier(action, signedWith({ package: prepayId }))).toEqual(failure('PREPAY_UNKNOWN'))
  })

  test('when the prepay_id is two hours old; a newer one of the same order is good', async () => {
    await advance(7198)
    expect((await cashier('open')).reason).toBeNull()
    await advance(3)
    expect(await cashier(action)).toEqual(failure('PREPAY_EXPIRED'))
    prepayId = (await merchant.order(order)).json.prepay_id
    expect((await cashier('open')).reason).toBeNull()
  })

  test('when another user pays', async () => {
    expect(await cashier(action, { openid: 'oThief' })).toEqual(failure('PAYER_MISMATCH'))
  })

  test('when the order is paid or closed', async () => {
    await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, {})
    expect(await cashier(action)).toEqual(failure('ORDER_PAID'))
    order = merchant.orderBody()
    prepayId = (await merchant.order(order)).json.prepay_id
    await merchant.close(order.out_trade_no)
    expect(await cashier(action)).toEqual(failure('ORDER_CLOSED'))
  })

  test('when the order is past its time', async () => {
    order = merchant.orderBody({ time_expire: await clockNow(120) })
    prepayId = (await merchant.order(order)).json.prepay_id
    await advance(125)
    expect(await cashier(action)).toEqual(failure('ORDER_EXPIRED'))
    expect(await state()).toBe('NOTPAY')
  })
})

describe('the order of the checks', () => {
  test('types, appid, paySign, prepay_id, owner, state', async () => {
    await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, {})
    const wrong = {
      timeStamp: 1,
      signType: 'MD5',
      appid: 'wxother',
      paySign: 'x',
      package: 'prepay_id=none',
      openid: 'oThief',
    }
    const fixed: Record<string, unknown> = { ...wrong }
    const reasons: string[] = []
    const right = merchant.payParameters(prepayId)
    for (const [name, value] of [
      ['none', undefined],
      ['timeStamp', right.timeStamp],
      ['signType', 'RSA'],
      ['appid', right.appid],
      ['paySign', signedWith({ package: 'prepay_id=none' }).paySign],
    ] as const) {
      fixed[name] = value
      const { none, ...given } = fixed
      const paySign = name === 'paySign' ? { ...signedWith({ package: 'prepay_id=none' }) } : {}
      reasons.push((await cashier('pay', { ...given, ...paySign })).reason)
    }
    reasons.push((await cashier('pay', { openid: 'oThief' })).reason, (await cashier('pay')).reason)
    expect(reasons).toEqual([
      'PARAMETER_INVALID',
      'PARAMETER_INVALID',
      'APPID_MISMATCH',
      'SIGNATURE_INVALID',
      'PREPAY_UNKNOWN',
      'PAYER_MISMATCH',
      'ORDER_PAID',
    ])
  })
})

test('a wrong paySign is explained among the requests', async () => {
  const unsuffixed = { ...merchant.payParameters(prepayId) }
  const paySign = merchant.sign(paySignMessage({ ...unsuffixed, package: prepayId }))
  await cashier('pay', { ...unsuffixed, paySign })
  const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${order.out_trade_no}`)).json
  const [item] = requests.slice(-1)
  expect(item).toMatchObject({ path: '/_sim/client/request-payment', verified: false, reason: 'SIGNATURE_INVALID' })
  expect(item.diagnosis).toMatchObject({
    verdict: 'other-message',
    mistake: expect.any(String),
    remedy: expect.any(String),
  })
  expect(item.diagnosis.expectedMessage).toContain(`\nprepay_id=${prepayId}\n`)
})

describe('POST /_sim/transactions/{outTradeNo}/pay', () => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await startReceiver()
    return () => receiver.close()
  })

  test('pays for a backend without a mini-program, and notifies it', async () => {
    const body = merchant.orderBody({ notify_url: receiver.url })
    await merchant.order(body)
    const paid = await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
    expect(paid).toMatchObject({
      status: 200,
      json: { tradeState: 'SUCCESS', payerTotalFen: 100, outTradeNo: body.out_trade_no },
    })
    await until('the notification', () => receiver.received.length === 1 || undefined)
  })

  test.each([
    ['by another user', { openid: 'oThief' }, 409, 'PAYER_MISMATCH'],
    ['with a member it does not know', { openId: 'oTestShopper' }, 400, 'INVALID_INPUT'],
  ])('%s is refused', async (_name, input, status, code) => {
    const answer = await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, input)
    expect(answer).toMatchObject({ status, json: { error: { code } } })
    expect(await state()).toBe('NOTPAY')
  })

  test('twice is refused, and notifies once', async () => {
    const url = `/transactions/${order.out_trade_no}/pay`
    const answers = await Promise.all([merchant.control('POST', url), merchant.control('POST', url)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.json.error.code).toBe('ORDER_PAID')
    const { notifications } = (await merchant.control('GET', `/notifications?outTradeNo=${order.out_trade_no}`)).json
    expect(notifications).toHaveLength(1)
  })

  test('of an unknown number is a clear 404', async () => {
    const answer = await merchant.control('POST', '/transactions/NOSUCH/pay')
    expect(answer).toMatchObject({
      status: 404,
      json: { error: { code: 'TRANSACTION_NOT_FOUND', field: 'outTradeNo' } },
    })
  })
})
