import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foreign, openBackend, openForeign } from '../support/foreign.ts'

const { Formatter, Rsa, Aes, Hash, Transformer } = foreign

const REFUNDS = 'v3/refund/domestic/refunds'

let simulator: RunningSimulator
let backend: Awaited<ReturnType<typeof openBackend>>

beforeAll(async () => {
  simulator = await startSimulator()
  backend = await openBackend()
})
beforeEach(() => {
  backend.deliveries.length = 0
})
afterAll(async () => {
  await backend.close()
  await simulator.close()
})

const newNumber = (prefix: string) => `${prefix}${Formatter.nonce().slice(0, 20)}`

/** A merchant with one paid order of 4800 fen. */
async function openPaid(mode: 'certificate' | 'public_key' | 'both') {
  const merchant = await openForeign(simulator.url, mode)
  const outTradeNo = newNumber('PAID')
  await merchant.client.request('v3/pay/transactions/jsapi', 'post', {
    appid: merchant.info.appid,
    mchid: merchant.info.mchid,
    description: '收银体育馆 羽毛球场一小时',
    out_trade_no: outTradeNo,
    notify_url: backend.url,
    amount: { total: 4800, currency: 'CNY' },
    payer: { openid: 'o-foreign' },
  })
  await merchant.control('POST', `/transactions/${outTradeNo}/pay`)
  await merchant.control('POST', '/clock/advance', { seconds: 1 })
  backend.deliveries.length = 0
  return { ...merchant, outTradeNo }
}

const bodyOf = (outTradeNo: string, refund: number, changes: object = {}) => ({
  out_trade_no: outTradeNo,
  out_refund_no: newNumber('REFUND'),
  reason: '场地维护',
  notify_url: backend.url,
  amount: { refund, total: 4800, currency: 'CNY' },
  ...changes,
})

describe.each(['certificate', 'public_key', 'both'] as const)('wechatpay-axios-plugin in mode %s', (mode) => {
  test('refunds, is notified and queries', async () => {
    const { client, control, verifies, open, outTradeNo } = await openPaid(mode)
    const body = bodyOf(outTradeNo, 1200)
    const accepted = await client.request(REFUNDS, 'post', body)
    expect(accepted).toMatchObject({
      status: 200,
      data: { status: 'PROCESSING', amount: { refund: 1200, total: 4800 } },
    })

    await control('POST', '/clock/advance', { seconds: 5 })
    const [delivery] = backend.deliveries
    if (!delivery) throw new Error('no notification came')
    expect(verifies(delivery)).toBe(true)
    expect(open(delivery)).toMatchObject({
      out_refund_no: body.out_refund_no,
      refund_id: accepted.data.refund_id,
      refund_status: 'SUCCESS',
      amount: { total: 4800, refund: 1200, payer_total: 4800, payer_refund: 1200 },
    })

    const queried = await client.request(`${REFUNDS}/${body.out_refund_no}`, 'get')
    expect(queried.data).toMatchObject({ status: 'SUCCESS', success_time: open(delivery).success_time })
    const again = await client.request(REFUNDS, 'post', body)
    expect(again.data).toEqual(queried.data)
  })

  test('sends an abnormal refund to a card that it encrypts itself', async () => {
    const { client, control, certs, outTradeNo } = await openPaid(mode)
    const body = bodyOf(outTradeNo, 4800)
    await control('PUT', '/faults', { faults: [{ kind: 'refund-abnormal' }] })
    const { data: refund } = await client.request(REFUNDS, 'post', body)
    await control('POST', '/clock/advance', { seconds: 5 })
    const [[serial, key] = ['', {}]] = Object.entries(certs)
    const path = `${REFUNDS}/${refund.refund_id}/apply-abnormal-refund`
    const card = {
      out_refund_no: body.out_refund_no,
      type: 'USER_BANK_CARD',
      bank_type: 'CMB_DEBIT',
      bank_account: Rsa.encrypt('6225880137000403', key),
      real_name: Rsa.encrypt('陈小姐', key),
    }
    const redirected = await client.request(path, 'post', card, { headers: { 'Wechatpay-Serial': serial } })
    expect(redirected.data).toMatchObject({ status: 'PROCESSING', channel: 'OTHER_BANKCARD' })
    await control('POST', '/clock/advance', { seconds: 5 })
    const { data } = await client.request(`${REFUNDS}/${body.out_refund_no}`, 'get')
    expect(data).toMatchObject({ status: 'SUCCESS', user_received_account: '招商银行借记卡0403' })
  })

  test('reads a refusal as WeChat words it', async () => {
    const { client, outTradeNo } = await openPaid(mode)
    const refused = (status: number, code: string) => ({ response: { status, data: { code } } })
    await expect(client.request(REFUNDS, 'post', bodyOf('NOSUCH1', 1))).rejects.toMatchObject(
      refused(404, 'RESOURCE_NOT_EXISTS'),
    )
    await expect(client.request(REFUNDS, 'post', bodyOf(outTradeNo, 4801))).rejects.toMatchObject(
      refused(400, 'INVALID_REQUEST'),
    )
  })
})

test('a refund without a notify_url is told in V2, which a foreign client opens', async () => {
  const { info, client, control, outTradeNo } = await openPaid('public_key')
  await control('PUT', '/switches', { refundCallbackUrl: backend.url })
  const { notify_url: _, ...body } = bodyOf(outTradeNo, 1200)
  const { data: refund } = await client.request(REFUNDS, 'post', body)
  await control('POST', '/clock/advance', { seconds: 5 })
  const [delivery] = backend.deliveries
  const notice = Transformer.toObject(delivery?.body ?? '')
  expect(notice).toMatchObject({ return_code: 'SUCCESS', appid: info.appid, mch_id: info.mchid })
  const opened = Aes.AesEcb.decrypt(notice.req_info ?? '', Hash.md5(info.apiV2Key).toLowerCase())
  expect(Transformer.toObject(opened)).toMatchObject({
    out_refund_no: body.out_refund_no,
    refund_id: refund.refund_id,
    refund_fee: '1200',
    refund_status: 'SUCCESS',
    refund_request_source: 'API',
  })
})
