import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from './testing/running.ts'

let running: Running
beforeAll(async () => {
  running = await startRunning()
})
afterAll(() => running?.close())

const newKey = () => crypto.randomUUID()
const order = (token: string, items: object[], key: string = newKey()) =>
  running.send('POST', '/api/orders', { token, body: { items }, headers: { 'Idempotency-Key': key } })

describe('from the shelf to paid', () => {
  test('a shopper logs in, orders, pays on the phone, and the notification makes the order paid', async () => {
    const { openid, code } = await running.simulated.call<{ openid: string; code: string }>('POST', '/client/login', {})
    const { body: session } = await running.send('POST', '/api/session', { body: { code } })
    const token = String(session.token)
    const goods = await running.send('GET', '/api/goods')
    expect(goods.body.goods).toContainEqual(expect.objectContaining({ id: 'swim-pass', priceFen: 5800 }))

    const created = await order(token, [{ goodsId: 'swim-pass', quantity: 2 }])
    expect(created).toMatchObject({ status: 201, body: { status: 'pending', amountFen: 11_600, outTradeNo: null } })
    const path = `/api/orders/${created.body.id}`
    const payment = await running.send('POST', `${path}/payment`, { token, body: {} })
    expect(payment.status).toBe(200)
    expect(Object.keys(payment.body).sort()).toEqual(['nonceStr', 'package', 'paySign', 'signType', 'timeStamp'])

    const paid = await running.simulated.call('POST', '/client/request-payment', {
      ...payment.body,
      appid: running.env.openApi.appid,
      openid,
      action: 'pay',
    })
    expect(paid).toMatchObject({ errMsg: 'requestPayment:ok' })
    await eventually('the notification settles', async () => {
      const { body } = await running.send('GET', path, { token })
      return body.status === 'paid'
    })
    const { rows } = await running.pool.query('select state, kind, attempts from notification_inbox')
    expect(rows).toEqual([{ state: 'processed', kind: 'payments.transactionSuccess', attempts: 1 }])
  })
})
