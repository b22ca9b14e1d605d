import { startSimulator } from '@shouyin/simulator'
import { createWechatPay, type WechatPay } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { orderBody } from '@shouyin/wechatpay-core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The samples of the document that mini-program payment was asked for with, each with its verdict. */
const launch = {
  timeStamp: '1414561699',
  nonceStr: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
  package: 'prepay_id=wx201410272009395522657a690389285100',
  signType: 'RSA',
  paySign:
    'oR9d8PuhnIc+YZ8cBHFCwfgpaK9gd7vaRvkYD7rthRAZ/X+QBhcCYL21N7cHCTUxbQ+EAt6Uy+lwSN22f5YZvI45MLko8Pfso0jm46v5hqcVwrk6uddkGuT+Cdvu4WBqDzaDjnNa5UK3GfE1Wfl2gHxIIY5lLdUgWFts17D4WuolLLkiFZV+JSHMvH7eaLdT9N5GBovBwu5yYKUR7skR8Fu+LozcSqQixnlEZUfyE55feLOQTUYzLmR9pNtPbPsu6WVhbNHMS3Ss2+AehHvz+n64GDmXxbX++IOBvm2olHu3PsOUGRwhudhVf7UcGcunXt8cqNjKNqZLhLw4jq/xDg==',
} as const

interface Merchant {
  readonly mchid: string
  readonly appid: string
  readonly merchantSerialNo: string
  readonly merchantPrivateKeyPem: string
  readonly apiV3Key: string
}

let simulator: Awaited<ReturnType<typeof startSimulator>>
let merchant: Merchant
let wechatPay: WechatPay

beforeAll(async () => {
  simulator = await startSimulator({})
  merchant = (await (await fetch(`${simulator.url}/_sim/merchant`)).json()) as Merchant
  const { mchid, merchantSerialNo, merchantPrivateKeyPem: privateKey, apiV3Key } = merchant
  wechatPay = createWechatPay({
    mchid,
    merchantSerialNo,
    privateKey,
    apiV3Key,
    platformKeys: {},
    baseUrl: simulator.url,
  })
})
afterAll(async () => {
  wechatPay.close()
  await simulator.close()
})

const tapPay = async (parameters: object) => {
  const body = JSON.stringify({ appid: merchant.appid, openid: orderBody.payer.openid, action: 'pay', ...parameters })
  const url = `${simulator.url}/_sim/client/request-payment`
  return (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json()
}

describe('samples of the payment document', () => {
  it("the order is refused for another merchant's number: the header's mchid and the body's differ", async () => {
    const refusal = { status: 400, apiCode: 'PARAM_ERROR', message: expect.stringContaining('mchid') }
    await expect(wechatPay.call(endpoints.createJsapi, { body: orderBody })).rejects.toMatchObject(refusal)
  })

  it('the order, with our mchid and AppID, lives its whole life: order, pay, query, no second close', async () => {
    const { mchid, appid } = merchant
    const { prepay_id } = await wechatPay.call(endpoints.createJsapi, { body: { ...orderBody, mchid, appid } })
    expect(await tapPay(await wechatPay.paySign({ appid, prepayId: prepay_id }))).toMatchObject({
      errMsg: 'requestPayment:ok',
    })
    const path = { out_trade_no: orderBody.out_trade_no }
    const paid = await wechatPay.call(endpoints.queryByOutTradeNo, { path, query: { mchid } })
    expect(paid).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 100 }, payer: orderBody.payer })
    const byId = { path: { transaction_id: paid.transaction_id ?? '' }, query: { mchid } }
    expect(await wechatPay.call(endpoints.queryByTransactionId, byId)).toEqual(paid)
    await expect(wechatPay.call(endpoints.close, { path, body: { mchid } })).rejects.toMatchObject({
      outcome: 'rejected',
    })
  })

  it('the launch is refused: its signature was made with a key that nobody published', async () => {
    expect(await tapPay(launch)).toEqual({
      errMsg: 'requestPayment:fail cancel',
      reason: 'SIGNATURE_INVALID',
      sheet: null,
    })
  })

  it('the close is accepted as printed', async () => {
    const { mchid, appid } = merchant
    const out_trade_no = 'sdkphp12345678920201028112429'
    await wechatPay.call(endpoints.createJsapi, { body: { ...orderBody, mchid, appid, out_trade_no } })
    await expect(wechatPay.call(endpoints.close, { path: { out_trade_no }, body: { mchid } })).resolves.toBeUndefined()
  })
})
