import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { DataFileError, type RunningSimulator, startSimulator } from '../index.ts'
import { advanceTo, applyForBill } from '../testing/bills.ts'
import { controlCall, TestMerchant } from '../testing/merchant.ts'
import { type Receiver, startReceiver } from '../testing/receiver.ts'
import { until } from '../testing/until.ts'

let folder: string
let dataFile: string
let running: RunningSimulator | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  dataFile = join(folder, 'simulator.json')
  return async () => {
    await running?.close()
    running = undefined
    await rm(folder, { recursive: true })
  }
})

/** Stops what runs and starts it again on the same file. */
const restart = async () => {
  await running?.close()
  running = await startSimulator({ dataFile })
  return running.port
}
const defaultMerchant = async (port: number) =>
  new TestMerchant(port, (await controlCall(port, 'GET', '/merchant')).json)

describe('a second start', () => {
  test('has the same merchants, keys and worlds', async () => {
    const port = await restart()
    const before = await controlCall(port, 'GET', '/merchant')
    const other = await TestMerchant.open(port, { mode: 'public_key' })
    await controlCall(port, 'POST', '/platform-keys/rotate')
    const rotated = await controlCall(port, 'GET', '/merchant')
    const again = await restart()
    expect((await controlCall(again, 'GET', '/merchant')).json).toEqual(rotated.json)
    expect(rotated.json.merchantPrivateKeyPem).toBe(before.json.merchantPrivateKeyPem)
    expect((await controlCall(again, 'GET', `/merchant?mchid=${other.info.mchid}`)).json).toEqual(other.info)
    const next = await TestMerchant.open(again)
    expect(next.info.mchid).not.toBe(other.info.mchid)
  })

  test('has the same orders, clock and switches, and goes on with them', async () => {
    const merchant = await defaultMerchant(await restart())
    const [open, paid] = [merchant.orderBody(), merchant.orderBody()]
    const { prepay_id: prepayId } = (await merchant.order(open)).json
    await merchant.order(paid)
    await merchant.control('POST', `/transactions/${paid.out_trade_no}/pay`)
    await merchant.control('PUT', '/switches', { closeMinAgeSeconds: 60 })
    await merchant.control('POST', '/clock/advance', { seconds: 1000 })
    const transactions = (await merchant.control('GET', '/transactions')).json

    const after = await defaultMerchant(await restart())
    expect((await after.control('GET', '/transactions')).json).toEqual(transactions)
    expect((await after.control('GET', '/clock')).json.offsetSeconds).toBe(1000)
    expect((await after.control('GET', '/switches')).json.closeMinAgeSeconds).toBe(60)
    const pay = { ...after.payParameters(prepayId), openid: 'oTestShopper', action: 'pay' }
    expect((await after.control('POST', '/client/request-payment', pay)).json.errMsg).toBe('requestPayment:ok')
    expect((await after.query(paid.out_trade_no)).json.trade_state).toBe('SUCCESS')
    const { transaction_id: id } = (await after.query(paid.out_trade_no)).json
    expect((await after.call('GET', `/v3/pay/transactions/id/${id}?mchid=${after.info.mchid}`)).status).toBe(200)
  })

  test('has the same bills, edited and generated', async () => {
    const merchant = await defaultMerchant(await restart())
    const date = await advanceTo(merchant, '12:00:00')
    const dropped = await merchant.paidOrder()
    const paid = await merchant.paidOrder()
    await merchant.refund(merchant.refundBody(paid, 40, 100))
    await advanceTo(merchant, '10:00:00')
    await merchant.control('POST', `/bills/${date}/generate`, { rows: 20, seed: 5 })
    const added = { transactionId: '42', outTradeNo: 'STRANGER01', orderFen: 7 }
    await merchant.control('POST', `/bills/${date}`, { drop: [{ outTradeNo: dropped }], add: [added] })
    const day = (await merchant.control('GET', `/bills/${date}`)).json
    const { hash_value: sha1 } = (await applyForBill(merchant, { bill_date: date })).json
    expect([day.total, day.rows.at(-1).outTradeNo]).toEqual([23, 'STRANGER01'])

    const after = await defaultMerchant(await restart())
    expect((await after.control('GET', `/bills/${date}`)).json).toEqual(day)
    expect((await applyForBill(after, { bill_date: date })).json.hash_value).toBe(sha1)
  })

  test('has the same refunds and money, and goes on with both', async () => {
    const merchant = await defaultMerchant(await restart())
    const outTradeNo = await merchant.paidOrder(1000, { couponFen: 100 })
    const body = merchant.refundBody(outTradeNo, 400, 1000, { reason: '缺货' })
    await merchant.refund(body)
    const callback = 'http://127.0.0.1:9/refunds'
    await merchant.control('PUT', '/switches', { refundCallbackUrl: callback, refundMinGapSeconds: 0 })
    const byHand = (await merchant.control('POST', `/transactions/${outTradeNo}/refund`, { amountFen: 100 })).json
    const before = await Promise.all(['/refunds', '/funds'].map((path) => merchant.control('GET', path)))

    const after = await defaultMerchant(await restart())
    const again = await Promise.all(['/refunds', '/funds'].map((path) => after.control('GET', path)))
    expect(again.map(({ json }) => json)).toEqual(before.map(({ json }) => json))
    expect((await after.refund(body)).json).toMatchObject({ out_refund_no: body.out_refund_no, status: 'PROCESSING' })
    expect((await after.refund(after.refundBody(outTradeNo, 501, 1000))).status).toBe(400)
    await after.advance(6)
    expect((await after.queryRefund(body.out_refund_no)).json).toMatchObject({
      status: 'SUCCESS',
      amount: { payer_refund: 360 },
      promotion_detail: [{ refund_amount: 40 }],
    })
    expect((await after.queryRefund(byHand.outRefundNo)).json.status).toBe('SUCCESS')
    const { notifications } = (await after.control('GET', `/notifications?outTradeNo=${outTradeNo}`)).json
    expect(notifications.map(({ url }: { url: string }) => url)).toContain(callback)
  })

  test('reads a file from before Pay Score: its payments are ordinary, and every merchant has a service', async () => {
    const merchant = await defaultMerchant(await restart())
    const outTradeNo = await merchant.paidOrder()
    await running?.close()
    const stored = JSON.parse(await readFile(dataFile, 'utf8'))
    for (const world of stored.worlds) {
      delete world.payScore
      for (const name of Object.keys(world.switches))
        if (/payScore|cancelNotice/.test(name)) delete world.switches[name]
      for (const transaction of world.transactions) delete transaction.tradeType
    }
    await writeFile(dataFile, JSON.stringify(stored))

    const after = await defaultMerchant(await restart())
    expect((await after.control('GET', `/transactions/${outTradeNo}`)).json.tradeType).toBe('JSAPI')
    expect((await after.control('GET', '/switches')).json).toMatchObject({ payScoreDeduction: 'succeeds' })
    expect((await after.control('GET', '/payscore/services')).json.services).toHaveLength(1)
  })

  test('still closes unpaid orders after seven days', async () => {
    const merchant = await defaultMerchant(await restart())
    const body = merchant.orderBody()
    await merchant.order(body)
    const after = await defaultMerchant(await restart())
    await after.control('POST', '/clock/advance', { seconds: 7 * 86_400 + 5 })
    expect((await after.query(body.out_trade_no)).json.trade_state).toBe('CLOSED')
  })

  describe('with a notification pending', () => {
    let receiver: Receiver
    beforeEach(async () => {
      receiver = await startReceiver()
      return () => receiver.close()
    })

    test('goes on where its ladder was', async () => {
      receiver.answerWith = () => 500
      const merchant = await defaultMerchant(await restart())
      const body = merchant.orderBody({ notify_url: receiver.url })
      await merchant.order(body)
      await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
      await merchant.control('POST', '/clock/advance', { seconds: 31 })
      expect(receiver.received).toHaveLength(3)
      receiver.answerWith = () => 204
      const after = await defaultMerchant(await restart())
      expect((await after.control('POST', '/clock/advance', { seconds: 25 })).json.deliveries).toBe(0)
      expect((await after.control('POST', '/clock/advance', { seconds: 6 })).json.deliveries).toBe(1)
      const [notification] = (await after.control('GET', '/notifications')).json.notifications
      expect(notification).toMatchObject({ state: 'delivered' })
      expect(notification.attempts.map(({ status }: { status: number }) => status)).toEqual([500, 500, 500, 204])
    })
  })
})

describe('the data file', () => {
  test('is for its owner only, and nothing lies beside it', async () => {
    await restart()
    expect((await stat(dataFile)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['simulator.json'])
  })

  test('is written soon after something happened, without a stop', async () => {
    const merchant = await defaultMerchant(await restart())
    const body = merchant.orderBody()
    await merchant.order(body)
    await until(
      'the order in the file',
      async () => (await readFile(dataFile, 'utf8')).includes(body.out_trade_no) || undefined,
    )
  })

  test('is written after what happened by itself too', async () => {
    const receiver = await startReceiver()
    const merchant = await defaultMerchant(await restart())
    const body = merchant.orderBody({ notify_url: receiver.url })
    await merchant.order(body)
    await merchant.control('POST', `/transactions/${body.out_trade_no}/pay`)
    await until(
      'the delivery in the file',
      async () => (await readFile(dataFile, 'utf8')).includes('"delivered"') || undefined,
    )
    await receiver.close()
  })

  test.each([
    ['no JSON', 'hello', 'is not JSON'],
    ['half of it', '{"format":"shouyin-simulator","vers', 'is not JSON'],
    ['of another program', '{"name":"x"}', 'was not written by this simulator (format)'],
    ['of another version', '{"format":"shouyin-simulator","version":2}', 'was not written by this simulator (version)'],
    ['without worlds', '{"format":"shouyin-simulator","version":1}', 'was not written by this simulator (authority)'],
  ])('that is %s is refused in a sentence and left alone', async (_name, content, reason) => {
    await writeFile(dataFile, content)
    const start = startSimulator({ dataFile })
    await expect(start).rejects.toThrow(DataFileError)
    await expect(start).rejects.toThrow(reason)
    await expect(start).rejects.toThrow('--data')
    expect(await readFile(dataFile, 'utf8')).toBe(content)
  })

  test('in a place that cannot be used is refused in a sentence', async () => {
    await expect(startSimulator({ dataFile: folder })).rejects.toThrow('it is a folder')
    await expect(startSimulator({ dataFile: join(folder, 'none', 'x.json') })).rejects.toThrow(
      'its folder does not exist',
    )
    await writeFile(dataFile, '')
    await expect(startSimulator({ dataFile: join(dataFile, 'x.json') })).rejects.toThrow('its folder is not a folder')
  })
})
