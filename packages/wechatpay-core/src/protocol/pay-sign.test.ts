import { describe, expect, it } from 'vitest'
import { verifySha256Rsa } from '../crypto/rsa.ts'
import { localSigner } from '../keys/merchant-key.ts'
import { makeParties, vector } from '../testing/index.ts'
import { makePaySign, paySignMessage } from './pay-sign.ts'

describe('paySign (小程序调起支付)', () => {
  it('makes the message of vector A1', () => {
    const request = {
      appid: 'wx2421b1c4370ec43b',
      timeStamp: '1554208460',
      nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
      package: 'prepay_id=wx201410272009395522657a690389285100',
    }
    expect(paySignMessage(request)).toBe(vector('A1').message)
  })

  it('answers exactly what wx.requestPayment takes, with strings and RSA', async () => {
    const { options, merchantPublicKey } = makeParties()
    const now = new Date('2026-11-21T08:00:00.900Z')
    const parameters = await makePaySign({ appid: 'wx1', prepayId: 'wx2' }, localSigner(options.privateKey), now)
    expect(parameters).toEqual({
      timeStamp: '1795248000',
      nonceStr: expect.stringMatching(/^[0-9A-F]{32}$/),
      package: 'prepay_id=wx2',
      signType: 'RSA',
      paySign: expect.stringMatching(/^[A-Za-z0-9+/]{342}==$/),
    })
    const message = paySignMessage({ appid: 'wx1', ...parameters })
    expect(verifySha256Rsa(merchantPublicKey, message, parameters.paySign)).toBe(true)
  })

  it('signs nothing that cannot be paid', async () => {
    const signer = localSigner(makeParties().options.privateKey)
    for (const input of [
      { appid: '', prepayId: 'wx2' },
      { appid: 'wx1', prepayId: '' },
    ]) {
      await expect(makePaySign(input, signer, new Date())).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    }
  })
})
