import { expect, test } from 'vitest'
import { drive, until } from '../testing/fixture.ts'

test('storage is written and read, synchronously and not, and survives into the next launch', async () => {
  const { mini, launched } = await drive()
  await mini.callWxMethod('setStorageSync', 'a', { b: [1] })
  await mini.callWxMethod('setStorage', { key: 'c', data: 'd' })
  expect(await mini.callWxMethod('getStorageSync', 'a')).toEqual({ b: [1] })
  expect(await mini.callWxMethod('getStorageSync', 'none')).toBe('')
  expect(await launched.storage()).toEqual({ a: { b: [1] }, c: 'd' })
  await mini.callWxMethod('removeStorageSync', 'a')
  expect(await mini.callWxMethod('getStorageInfoSync')).toMatchObject({ keys: ['c'] })
})

test('an API that is not modelled is absent, so that code that guesses breaks', async () => {
  const { mini } = await drive()
  const kinds = await mini.evaluate(() => {
    const api = (globalThis as unknown as { wx: Record<string, unknown> & { canIUse(name: string): boolean } }).wx
    return [
      typeof api.chooseAddress,
      api.canIUse('chooseAddress'),
      api.canIUse('login'),
      Object.keys(api).includes('login'),
    ]
  })
  expect(kinds).toEqual(['undefined', false, true, true])
})

test('a toast is shown over the page and hidden again', async () => {
  const { mini, page } = await drive()
  await mini.callWxMethod('showToast', { title: '已加入', duration: 60_000 })
  expect(await (await (await page()).$('.host-toast'))?.text()).toContain('已加入')
  await mini.callWxMethod('hideToast')
  expect(await (await page()).$('.host-toast')).toBeNull()
})

test('an action sheet answers the tapped item, and 取消 is a failure', async () => {
  const { mini, page } = await drive()
  const chosen = mini.callWxMethod('showActionSheet', { itemList: ['一', '二'] })
  await until(async () => (await page()).$('#action-1'), Boolean)
  await (await (await page()).$('#action-1'))?.tap()
  expect(await chosen).toMatchObject({ tapIndex: 1 })
  const cancelled = mini.callWxMethod('showActionSheet', { itemList: ['一'] })
  await until(async () => (await page()).$('#action-cancel'), Boolean)
  void (await (await page()).$('#action-cancel'))?.tap()
  await expect(cancelled).rejects.toThrow('showActionSheet:fail cancel')
})

test('a refresh runs onPullDownRefresh of the page', async () => {
  const { mini, text } = await drive({ path: 'pages/form/index' })
  await mini.callWxMethod('startPullDownRefresh')
  expect(await text('#log')).toBe('refreshed')
})

test('what a page shares can be asked for', async () => {
  const { page } = await drive({ path: 'pages/form/index' })
  expect(await (await page()).callMethod('onShareAppMessage', { from: 'menu' })).toEqual({
    title: '小店',
    path: '/pages/shop/index?from=menu',
  })
})

test('a selector query answers one entry per question', async () => {
  const { mini } = await drive()
  const answer = await mini.evaluate(
    () =>
      new Promise((resolve) => {
        const { wx } = globalThis as unknown as { wx: { createSelectorQuery(): Query } }
        const query = wx.createSelectorQuery()
        query.select('#title').fields({ id: true, dataset: true }, undefined)
        query.selectAll('.item').boundingClientRect(undefined)
        query.select('#none').boundingClientRect(undefined)
        query.exec(resolve)
      }),
  )
  expect(answer).toEqual([{ id: 'title', dataset: { kind: 'shop' } }, [expect.anything(), expect.anything()], null])
})

interface Query {
  select(selector: string): {
    fields(wanted: object, callback: unknown): void
    boundingClientRect(callback: unknown): void
  }
  selectAll(selector: string): { boundingClientRect(callback: unknown): void }
  exec(callback: (answer: unknown) => void): void
}

test('the privacy APIs answer by callback and never by promise', async () => {
  const { mini } = await drive()
  const answer = await mini.evaluate(
    () =>
      new Promise((resolve) => {
        const { wx } = globalThis as unknown as { wx: { getPrivacySetting(options?: object): unknown } }
        const returned = typeof wx.getPrivacySetting()
        wx.getPrivacySetting({ success: (setting: object) => resolve({ ...setting, returned }) })
      }),
  )
  expect(answer).toMatchObject({ needAuthorization: false, returned: 'undefined' })
})

test('payment checks the kind of every value before it asks WeChat', async () => {
  const { mini } = await drive()
  await expect(mini.callWxMethod('requestPayment', { timeStamp: 1 })).rejects.toThrow(
    'requestPayment:fail parameter error: parameter.timeStamp should be String instead of Number;',
  )
})

test('without a simulator login fails with a sentence that says so', async () => {
  const { mini } = await drive()
  await expect(mini.callWxMethod('login')).rejects.toThrow(
    'login:fail there is no simulator: start the host with the URL of one',
  )
})

test('every call that the app makes is in the journal', async () => {
  const { tap, launched } = await drive()
  await tap('#ask')
  expect(launched.host.calls).toContainEqual({
    method: 'showModal',
    args: [expect.objectContaining({ title: '确认' })],
  })
})
