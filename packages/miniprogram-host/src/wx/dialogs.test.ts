import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

test.each([
  ['showModal', { confirmText: '仅本地保存' }, 'confirmText length should not larger than 4 Chinese characters'],
  ['showModal', { cancelText: 'not now 啊' }, 'cancelText length should not larger than 4 Chinese characters'],
  ['showActionSheet', { itemList: [] }, 'parameter error: parameter.itemList should have at least 1 item;'],
  [
    'showActionSheet',
    { itemList: ['1', '2', '3', '4', '5', '6', '7'] },
    'parameter error: itemList should not be large than 6',
  ],
  ['setClipboardData', { data: 7 }, 'parameter error: parameter.data should be String instead of Number;'],
])('%s with %j is refused as WeChat refuses it, and nothing is shown', async (method, options, reason) => {
  const driven = await drive()
  expect(await call(driven, method, options)).toEqual({ errMsg: `${method}:fail ${reason}` })
  expect(driven.launched.host.env.overlay.childElementCount).toBe(0)
})

test('four characters are a button', async () => {
  const driven = await drive()
  const answer = call(driven, 'showModal', { content: '走？', confirmText: '确认支付', cancelText: 'no thank' })
  await until(async () => (await driven.page()).$('#modal-confirm'), Boolean)
  expect(await driven.text('#modal-confirm')).toBe('确认支付')
  await driven.tap('#modal-confirm')
  expect(await answer).toMatchObject({ confirm: true })
})
