import { createDecipheriv, createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { type Receiver, resourcesOf, startReceiver } from '../../../testing/receiver.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await simulator.close()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver.received.length = 0
})

const refundOf = async (outRefundNo: string) => (await merchant.control('GET', `/refunds/${outRefundNo}`)).json
const balanceFen = async () => (await merchant.control('GET', '/funds')).json.accounts[0].balanceFen
const flow = async () =>
  (await merchant.control('GET', '/funds')).json.accounts[0].entries.map(
    ({ businessType, amountFen, balanceFen }: Record<string, unknown>) => [businessType, amountFen, balanceFen],
  )
/** An accepted refund; its number. */
const refund = async (outTradeNo: string, fen: number, totalFen: number, changes: object = {}) => {
  const body = merchant.refundBody(outTradeNo, fen, totalFen, { notify_url: receiver.url, ...changes })
  const { status, json } = await merchant.refund(body)
  if (status !== 200) throw new Error(JSON.stringify(json))
  return body.out_refund_no
}
const opened = () => resourcesOf(receiver, merchant)

describe('an accepted refund', () => {
  test('is PROCESSING for five seconds of business time, then SUCCESS and notified', async () => {
    const outRefundNo = await refund(await merchant.paidOrder(1000), 400, 1000, { reason: '缺货' })
    await merchant.advance(4)
    expect((await merchant.queryRefund(outRefundNo)).json).toMatchObject({ status: 'PROCESSING' })
    expect(receiver.received).toEqual([])
    expect((await merchant.advance(1)).json.deliveries).toBe(1)
    const { json } = await merchant.queryRefund(outRefundNo)
    expect(json).toMatchObject({ status: 'SUCCESS', success_time: expect.stringMatching(/\+08:00$/) })
    expect(opened()).toEqual([
      {
        mchid: merchant.info.mchid,
        out_trade_no: json.out_trade_no,
        transaction_id: json.transaction_id,
        out_refund_no: outRefundNo,
        refund_id: json.refund_id,
        refund_status: 'SUCCESS',
        success_time: json.success_time,
        user_received_account: '支付用户零钱',
        amount: { total: 1000, refund: 400, payer_total: 1000, payer_refund: 400 },
      },
    ])
    const [{ body } = { body: Buffer.from('{}') }] = receiver.received
    expect(JSON.parse(body.toString())).toMatchObject({
      event_type: 'REFUND.SUCCESS',
      summary: '退款成功',
      resource: { original_type: 'refund' },
    })
  })

  test('takes as long as the switch says', async () => {
    await merchant.control('PUT', '/switches', { refundSeconds: 3 * 86_400 })
    const outRefundNo = await refund(await merchant.paidOrder(), 100, 100)
    await merchant.advance(3 * 86_400 - 5)
    expect(await refundOf(outRefundNo)).toMatchObject({ status: 'PROCESSING', successTime: null })
    await merchant.advance(6)
    expect(await refundOf(outRefundNo)).toMatchObject({ status: 'SUCCESS', dueAt: null })
  })

  test('is ABNORMAL by fault, stays so, and is notified', async () => {
    const outTradeNo = await merchant.paidOrder(1000)
    const outRefundNo = await refund(outTradeNo, 400, 1000)
    const balance = await balanceFen()
    await merchant.setFaults({ kind: 'refund-abnormal', match: { outRefundNo } })
    await merchant.advance(86_400)
    expect((await merchant.queryRefund(outRefundNo)).json.status).toBe('ABNORMAL')
    expect(opened()).toMatchObject([{ refund_status: 'ABNORMAL', out_refund_no: outRefundNo }])
    expect(opened()[0]).not.toHaveProperty('success_time')
    expect(await balanceFen()).toBe(balance)
  })

  test('is CLOSED by fault: the money comes back, and another number refunds it', async () => {
    const outTradeNo = await merchant.paidOrder(1000)
    await merchant.setFaults({ kind: 'refund-closed', match: { outTradeNo } })
    const closed = await refund(outTradeNo, 1000, 1000)
    await merchant.advance(60)
    expect(opened()).toMatchObject([{ refund_status: 'CLOSED' }])
    expect(await flow()).toEqual([
      ['交易', 1000, 1000],
      ['扣除交易手续费', -6, 994],
      ['退还交易手续费', 6, 1000],
      ['退款', -1000, 0],
      ['退款关闭', 1000, 1000],
      ['扣除交易手续费', -6, 994],
    ])
    const again = merchant.refundBody(outTradeNo, 1000, 1000, { out_refund_no: closed })
    expect((await merchant.refund(again)).json.status).toBe('CLOSED')
    const other = await refund(outTradeNo, 1000, 1000)
    await merchant.advance(60)
    expect((await refundOf(closed)).status).toBe('CLOSED')
    expect((await refundOf(other)).status).toBe('SUCCESS')
    expect(await balanceFen()).toBe(0)
  })

  test('fits a fault only by the numbers that the fault names', async () => {
    const faults = [
      { kind: 'refund-closed', match: { outRefundNo: 'other' } },
      { kind: 'refund-closed', match: { path: '/v3/refund/*' } },
      { kind: 'refund-abnormal', match: { eventType: 'REFUND.SUCCESS' } },
    ]
    await merchant.setFaults(...faults)
    const outRefundNo = await refund(await merchant.paidOrder(), 100, 100)
    await merchant.advance(5)
    expect((await refundOf(outRefundNo)).status).toBe('SUCCESS')
    expect((await merchant.control('GET', '/faults')).json.faults).toMatchObject([
      { fired: 0 },
      { fired: 0 },
      { fired: 0 },
    ])
  })

  test('tells an untrue amount by fault, in what goes back', async () => {
    const faults = [{ kind: 'mismatch-notification', match: { eventType: 'REFUND.SUCCESS' }, set: { amountFen: 1 } }]
    await merchant.setFaults(...faults)
    await refund(await merchant.paidOrder(), 100, 100)
    await merchant.advance(5)
    expect(opened()).toMatchObject([{ amount: { total: 100, refund: 1, payer_refund: 1 } }])
  })
})

describe('a balance that is short', () => {
  test('refuses with NOT_ENOUGH, and the same number goes through after a top-up', async () => {
    const outTradeNo = await merchant.paidOrder(1000)
    await merchant.control('POST', '/funds', { amountFen: -900 })
    const body = merchant.refundBody(outTradeNo, 1000, 1000)
    expect(await merchant.refund(body)).toMatchObject({
      status: 403,
      json: { code: 'NOT_ENOUGH', message: '基本账户余额不足，请充值后重新发起' },
    })
    expect((await merchant.queryRefund(body.out_refund_no)).status).toBe(404)
    expect((await merchant.query(outTradeNo)).json.trade_state).toBe('SUCCESS')
    await merchant.control('POST', '/funds', { amountFen: 900 })
    expect((await merchant.refund(body)).status).toBe(200)
    expect(await balanceFen()).toBe(0)
  })

  test('waits where the switch says so, until there is money', async () => {
    await merchant.control('PUT', '/switches', { refundShortBalance: 'wait' })
    const outTradeNo = await merchant.paidOrder(1000)
    await merchant.control('POST', '/funds', { amountFen: -900 })
    const outRefundNo = await refund(outTradeNo, 1000, 1000)
    await merchant.advance(2 * 86_400)
    expect(await refundOf(outRefundNo)).toMatchObject({ status: 'PROCESSING', isFunded: false })
    await merchant.control('POST', '/funds', { amountFen: 900 })
    await merchant.advance(3700)
    expect(await refundOf(outRefundNo)).toMatchObject({ status: 'SUCCESS', isFunded: true })
    expect(await balanceFen()).toBe(0)
  })

  test('closes a waiting refund after seven days, and gives nothing back that was not taken', async () => {
    await merchant.control('PUT', '/switches', { refundShortBalance: 'wait' })
    const outTradeNo = await merchant.paidOrder(1000)
    await merchant.control('POST', '/funds', { amountFen: -900 })
    const outRefundNo = await refund(outTradeNo, 1000, 1000)
    await merchant.advance(7 * 86_400 - 60)
    expect((await refundOf(outRefundNo)).status).toBe('PROCESSING')
    await merchant.advance(120)
    expect((await refundOf(outRefundNo)).status).toBe('CLOSED')
    expect(opened()).toMatchObject([{ refund_status: 'CLOSED' }])
    expect(await balanceFen()).toBe(94)
  })
})

describe('money', () => {
  test('every change has its entry, and the fee comes back pro rata to the last fen', async () => {
    const outTradeNo = await merchant.paidOrder(1000)
    for (const fen of [333, 333, 334]) {
      await refund(outTradeNo, fen, 1000)
      await merchant.advance(60)
    }
    expect(await flow()).toEqual([
      ['交易', 1000, 1000],
      ['扣除交易手续费', -6, 994],
      ['退还交易手续费', 2, 996],
      ['退款', -333, 663],
      ['退还交易手续费', 2, 665],
      ['退款', -333, 332],
      ['退还交易手续费', 2, 334],
      ['退款', -334, 0],
    ])
  })

  test('a coupon of the merchant (NOCASH) is never paid out; each refund says its share', async () => {
    const outTradeNo = await merchant.paidOrder(1000, { couponFen: 100 })
    expect((await merchant.query(outTradeNo)).json).toMatchObject({
      amount: { total: 1000, payer_total: 900 },
      promotion_detail: [{ scope: 'GLOBAL', type: 'NOCASH', amount: 100, merchant_contribute: 100 }],
    })
    expect(await balanceFen()).toBe(895)
    const shares = []
    for (const fen of [333, 333, 334]) {
      const { json } = await merchant.queryRefund(await refund(outTradeNo, fen, 1000))
      const { payer_total, payer_refund, discount_refund, settlement_refund, settlement_total } = json.amount
      expect([payer_total, settlement_total, settlement_refund]).toEqual([900, 900, payer_refund])
      expect(json.promotion_detail).toMatchObject([{ type: 'NOCASH', amount: 100, refund_amount: discount_refund }])
      shares.push([payer_refund, discount_refund])
      await merchant.advance(60)
    }
    expect(shares).toEqual([
      [300, 33],
      [300, 33],
      [300, 34],
    ])
    expect(await balanceFen()).toBe(0)
  })

  test('a coupon of WeChat (CASH) is settled to the merchant, and taken from him again', async () => {
    const outTradeNo = await merchant.paidOrder(1000, { couponFen: 100, couponType: 'CASH' })
    expect(await balanceFen()).toBe(994)
    const { json } = await merchant.queryRefund(await refund(outTradeNo, 500, 1000))
    expect(json.amount).toMatchObject({
      payer_refund: 450,
      discount_refund: 50,
      settlement_refund: 500,
      settlement_total: 1000,
    })
    expect(await balanceFen()).toBe(994 + 3 - 500)
  })
})

describe('without a notify_url', () => {
  /** `req_info` as a backend opens it: a decryption that shares no code with the simulator. */
  const openV2 = () => {
    const [received] = receiver.received
    const sealed = /<req_info><!\[CDATA\[(.+?)\]\]>/.exec(received?.body.toString() ?? '')?.[1] ?? ''
    const key = createHash('md5').update(merchant.info.apiV2Key).digest('hex')
    const decipher = createDecipheriv('aes-256-ecb', key, null)
    return Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]).toString()
  }

  test('nobody hears of it, unless 商户平台 has a callback', async () => {
    const outRefundNo = await refund(await merchant.paidOrder(), 100, 100, { notify_url: undefined })
    await merchant.advance(60)
    expect((await refundOf(outRefundNo)).status).toBe('SUCCESS')
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications.map(({ eventType }: { eventType: string }) => eventType)).toEqual(['TRANSACTION.SUCCESS'])
  })

  test.each([
    [[], 'SUCCESS'],
    [['refund-abnormal'], 'CHANGE'],
    [['refund-closed'], 'REFUNDCLOSE'],
  ])('the callback gets a V2 notice (%j: %s)', async (kinds, status) => {
    await merchant.setFaults(...kinds.map((kind) => ({ kind })))
    await merchant.control('PUT', '/switches', { refundCallbackUrl: receiver.url })
    const outRefundNo = await refund(await merchant.paidOrder(), 40, 100, { notify_url: undefined })
    await merchant.advance(5)
    const [received] = receiver.received
    expect(received?.headers['content-type']).toBe('text/xml')
    expect(Object.keys(received?.headers ?? {}).filter((name) => name.startsWith('wechatpay'))).toEqual([])
    const xml = received?.body.toString() ?? ''
    for (const member of ['return_code', 'appid', 'mch_id', 'nonce_str']) expect(xml).toContain(`<${member}>`)
    expect(xml).toContain(`<![CDATA[${merchant.info.mchid}]]>`)
    const plain = openV2()
    expect(plain).toMatch(/^<root>.+<\/root>$/)
    expect(plain).toContain(`<out_refund_no><![CDATA[${outRefundNo}]]></out_refund_no>`)
    expect(plain).toContain(`<refund_status><![CDATA[${status}]]></refund_status>`)
    expect(plain).toContain('<refund_fee><![CDATA[40]]></refund_fee>')
    expect(plain.includes('success_time')).toBe(status === 'SUCCESS')
  })

  test('a V2 notice is sent again on the same ladder, and takes no fault that needs a signature', async () => {
    receiver.answerWith = () => 500
    const faults = [{ kind: 'tamper-notification', match: { eventType: 'REFUND.SUCCESS' } }]
    await merchant.setFaults(...faults)
    await merchant.control('PUT', '/switches', { refundCallbackUrl: receiver.url })
    await refund(await merchant.paidOrder(), 40, 100, { notify_url: undefined })
    await merchant.advance(5)
    receiver.answerWith = () => 204
    await merchant.advance(15)
    expect(receiver.received).toHaveLength(2)
    expect((await merchant.control('GET', '/faults')).json.faults).toMatchObject([{ fired: 0 }])
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications.at(-1)).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 500, serial: null }, { status: 204 }],
    })
  })
})
