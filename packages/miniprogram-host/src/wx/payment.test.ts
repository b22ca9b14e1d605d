import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'
import { serveWechat } from '../testing/wechat.ts'

const SHEET = { amountFen: 3900, description: '速干运动毛巾', merchantName: '收银体育馆' }
type Answered = { errMsg: string | null; reason: string | null; sheet: object | null }

const paying = ({ action }: { action: string }): Answered =>
  action === 'open'
    ? { errMsg: null, reason: null, sheet: SHEET }
    : { errMsg: action === 'pay' ? 'requestPayment:ok' : 'requestPayment:fail cancel', reason: null, sheet: null }

async function open(payment: (body: { action: string }) => Answered) {
  const { url, asked } = await serveWechat({ '/_sim/client/request-payment': payment })
  const driven = await drive({ simulatorUrl: url, openid: 'oShopper', appid: 'wx0000000000000001' })
  const overlay = (): string => driven.launched.host.env.overlay.textContent ?? ''
  const says = (text: string) =>
    until(
      () => driven.text('#paid'),
      (said) => said === text,
    )
  const sheet = () =>
    until(
      () => driven.launched.sheet.amount(),
      (amount) => amount === '¥39.00',
    )
  return { ...driven, asked, overlay, says, sheet }
}

test("after paying WeChat's own page is shown for a moment, then the voucher with merchant, goods and sum", async () => {
  const { tap, overlay, says, sheet } = await open(paying)
  await tap('#pay')
  await sheet()
  await tap('#sheet-pay')
  await says('requestPayment:ok')
  expect(overlay()).toMatch(/支付成功收银体育馆¥39.00完成/)
  await tap('#sheet-done')
  await until(overlay, (text) => text.includes('支付凭证'))
  expect(overlay()).toMatch(/支付凭证收银体育馆 · 速干运动毛巾¥39.00/)
})

test('a page with a gift stays until it is left', async () => {
  const gift = (body: { action: string }) =>
    body.action === 'pay' ? { ...paying(body), sheet: { gift: '满 50 减 10 元券' } } : paying(body)
  const { tap, text, overlay, says, sheet } = await open(gift)
  await tap('#pay')
  await sheet()
  await tap('#sheet-pay')
  await says('requestPayment:ok')
  expect(await text('#sheet-gift')).toBe('满 50 减 10 元券')
  await tap('#sheet-done')
  expect(overlay()).not.toContain('满 50 减 10 元券')
})

test('a refused signature is said by WeChat and told to the app as a cancel, as on a phone', async () => {
  const refused = () => ({ errMsg: 'requestPayment:fail cancel', reason: 'SIGNATURE_INVALID', sheet: null })
  const { tap, overlay, says, launched } = await open(refused)
  await tap('#pay')
  await says('requestPayment:fail cancel')
  expect(overlay()).toContain('支付验证签名失败')
  expect(await launched.sheet.amount()).toBeUndefined()
})

test('without a network no sheet opens; on an open one only cancel needs none', async () => {
  const { tap, asked, says, sheet, launched } = await open(paying)
  await launched.set({ networkType: 'none' })
  await tap('#pay')
  await says(expectOffline)
  expect(asked).toEqual([])
  for (const [button, said] of [
    ['#sheet-pay', expectOffline],
    ['#sheet-cancel', 'requestPayment:fail cancel'],
  ] as const) {
    await launched.set({ networkType: 'wifi' })
    await tap('#pay')
    await sheet()
    await launched.set({ networkType: 'none' })
    await tap(button)
    await says(said)
  }
  expect(asked.map(({ action }) => action)).toEqual(['open', 'open'])
})

const expectOffline = 'requestPayment:fail errcode:-106 cronet_error_code:-106 error_msg:net::ERR_INTERNET_DISCONNECTED'
