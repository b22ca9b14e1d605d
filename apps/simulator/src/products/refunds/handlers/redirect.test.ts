import { createPublicKey, X509Certificate } from 'node:crypto'
import { encryptOaep } from '@shouyin/wechatpay-core/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'

const CARD = '6225880137000403'
const NAME = '陈小姐'

let simulator: RunningSimulator
let merchant: TestMerchant
/** An ABNORMAL refund. */
let abnormal: { readonly out_refund_no: string; readonly refund_id: string }

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())
beforeEach(async () => {
  const body = merchant.refundBody(await merchant.paidOrder(), 100, 100)
  const match = { outRefundNo: body.out_refund_no }
  await merchant.setFaults({ kind: 'refund-abnormal', match })
  abnormal = (await merchant.refund(body)).json
  await merchant.advance(5)
  expect((await merchant.queryRefund(body.out_refund_no)).json.status).toBe('ABNORMAL')
})

const publicKey = () => {
  const { wechatpayPublicKeyId: serial, wechatpayPublicKeyPem: pem } = merchant.info
  return { serial: String(serial), key: createPublicKey(String(pem)) }
}
const certificate = () => {
  const [{ serialNo: serial, certificatePem } = { serialNo: '', certificatePem: '' }] =
    merchant.info.platformCertificates
  return { serial, key: new X509Certificate(certificatePem).publicKey }
}
const toUser = (key = publicKey().key, changes: object = {}) => ({
  out_refund_no: abnormal.out_refund_no,
  type: 'USER_BANK_CARD',
  bank_type: 'CMB_DEBIT',
  bank_account: encryptOaep(key, CARD),
  real_name: encryptOaep(key, NAME),
  ...changes,
})
const apply = (body: object, serial?: string, refundId = abnormal.refund_id) =>
  merchant.call('POST', `/v3/refund/domestic/refunds/${refundId}/apply-abnormal-refund`, body, {
    headers: { 'Wechatpay-Serial': serial },
  })
const status = async () => (await merchant.queryRefund(abnormal.out_refund_no)).json.status

describe('发起异常退款', () => {
  test.each([
    ['the public key', publicKey],
    ['a platform certificate', certificate],
  ])('to a card of the user, encrypted with %s, is PROCESSING and then SUCCESS', async (_name, keyOf) => {
    const { serial, key } = keyOf()
    const answer = await apply(toUser(key), serial)
    expect(answer).toMatchObject({
      status: 200,
      json: {
        ...abnormal,
        status: 'PROCESSING',
        channel: 'OTHER_BANKCARD',
        user_received_account: '招商银行借记卡0403',
      },
    })
    await merchant.advance(5)
    expect(await status()).toBe('SUCCESS')
    const { notifications } = (await merchant.control('GET', `/notifications?outTradeNo=${answer.json.out_trade_no}`))
      .json
    expect(notifications.map(({ eventType }: { eventType: string }) => eventType)).toEqual([
      'TRANSACTION.SUCCESS',
      'REFUND.ABNORMAL',
      'REFUND.SUCCESS',
    ])
  })

  test('to the merchant himself needs no card and no key', async () => {
    const answer = await apply({ out_refund_no: abnormal.out_refund_no, type: 'MERCHANT_BANK_CARD' })
    expect(answer).toMatchObject({
      status: 200,
      json: { channel: 'OTHER_BANKCARD', user_received_account: '商户结算银行账户' },
    })
    await merchant.advance(5)
    expect(await status()).toBe('SUCCESS')
  })

  test('the journal shows neither card nor name', async () => {
    const { serial, key } = publicKey()
    await apply(toUser(key), serial)
    await apply(toUser(key, { bank_account: encryptOaep(key, 'no card at all') }), serial)
    const shown = (await merchant.control('GET', '/requests')).text
    expect(shown).toContain('apply-abnormal-refund')
    for (const secret of [CARD, NAME, 'no card at all']) expect(shown).not.toContain(secret)
  })

  test('encrypted members without Wechatpay-Serial are refused in WeChat’s words', async () => {
    expect(await apply(toUser())).toMatchObject({
      status: 400,
      json: { code: 'PARAM_ERROR', message: 'HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)' },
    })
    expect(await status()).toBe('ABNORMAL')
  })

  test('members that another key, or none, encrypted are refused and not repeated', async () => {
    for (const body of [toUser(certificate().key), toUser(publicKey().key, { bank_account: CARD })]) {
      const answer = await apply(body, publicKey().serial)
      expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR', detail: { field: '/bank_account' } } })
      expect(answer.text).not.toContain(CARD)
    }
    expect(await status()).toBe('ABNORMAL')
  })

  test.each([
    ['another bank', { bank_type: 'HSBC_DEBIT' }, '/bank_type'],
    ['a credit card', { bank_type: 'CMB_CREDIT' }, '/bank_type'],
    ['no bank', { bank_type: undefined }, '/bank_type'],
  ])('%s is refused by name', async (_name, changes, field) => {
    const { serial, key } = publicKey()
    const answer = await apply(toUser(key, changes), serial)
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR', detail: { field } } })
  })

  test('is for ABNORMAL refunds only', async () => {
    const body = { out_refund_no: abnormal.out_refund_no, type: 'MERCHANT_BANK_CARD' }
    expect((await apply(body)).status).toBe(200)
    expect(await apply(body)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    await merchant.advance(5)
    expect(await apply(body)).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
    expect(await status()).toBe('SUCCESS')
  })

  test('of an unknown refund, or with the number of another, is refused', async () => {
    const body = { out_refund_no: abnormal.out_refund_no, type: 'MERCHANT_BANK_CARD' }
    expect(await apply(body, undefined, '50000999')).toMatchObject({
      status: 404,
      json: { code: 'RESOURCE_NOT_EXISTS' },
    })
    expect(await apply({ ...body, out_refund_no: 'OTHER' })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_REQUEST' },
    })
    expect(await status()).toBe('ABNORMAL')
  })
})
