import { expect, test } from 'vitest'
import { enterBackground, enterForeground } from '../core/foreground.ts'
import { drive, until } from '../testing/fixture.ts'
import { openLine } from './line.ts'

test('the client accepts the host and finds the first page', async () => {
  const { mini, page } = await drive()
  await mini.checkVersion()
  expect((await page()).path).toBe('pages/shop/index')
  expect(await mini.systemInfo()).toMatchObject({ platform: 'devtools', model: 'Shouyin host' })
})

test('the page stack holds path and undecoded query of every page', async () => {
  const { mini, tap } = await drive()
  await tap('#go')
  const stack = await mini.pageStack()
  expect(stack.map(({ path, query }) => ({ path, query }))).toEqual([
    { path: 'pages/shop/index', query: {} },
    { path: 'pages/result/index', query: { id: '7', name: '%E5%8F%AF' } },
  ])
})

test('a wx method answers its result, and a refusal comes back in the words of WeChat', async () => {
  const { mini } = await drive({ storage: { cart: { a: 1 } } })
  expect(await mini.callWxMethod('getStorageSync', 'cart')).toEqual({ a: 1 })
  expect(await mini.callWxMethod('getStorage', { key: 'cart' })).toEqual({ data: { a: 1 }, errMsg: 'getStorage:ok' })
  await expect(mini.callWxMethod('getStorage', { key: 'none' })).rejects.toThrow('getStorage:fail data not found')
  await expect(mini.callWxMethod('navigateTo', { url: '/pages/none/index' })).rejects.toThrow('is not found')
  await expect(mini.callWxMethod('chooseInvoiceTitle')).rejects.toThrow('wx.chooseInvoiceTitle not exists')
})

test('a mocked method answers the given result until it is restored', async () => {
  const { mini, tap, text } = await drive()
  await mini.mockWxMethod('requestPayment', { errMsg: 'requestPayment:fail cancel' })
  await tap('#pay')
  expect(await text('#paid')).toBe('requestPayment:fail cancel')
  await mini.mockWxMethod('requestPayment', { errMsg: 'requestPayment:ok' })
  await tap('#pay')
  expect(await text('#paid')).toBe('requestPayment:ok')
  await mini.restoreWxMethod('requestPayment')
  await tap('#pay')
  expect(
    await until(
      () => text('#paid'),
      (paid) => paid.includes('simulator'),
    ),
  ).toMatch(/^requestPayment:fail /)
})

test('a mocking function runs in the app and may call the original', async () => {
  const { mini } = await drive({ storage: { n: 20 } })
  await mini.mockWxMethod(
    'getStorageSync',
    function (this: { origin(key: string): number }, key: string, plus: number) {
      return this.origin(key) + plus
    },
    1,
  )
  expect(await mini.callWxMethod('getStorageSync', 'n')).toBe(21)
})

test('a mocked synchronous method returns its result', async () => {
  const { mini } = await drive()
  await mini.mockWxMethod('getWindowInfo', { windowWidth: 320 })
  expect(await mini.callWxMethod('getWindowInfo')).toEqual({ windowWidth: 320 })
})

test('a function is evaluated in the realm of the app, where there is no document and no code from strings', async () => {
  const { mini } = await drive()
  const seen = await mini.evaluate(() => {
    const realm = globalThis as unknown as Record<string, unknown>
    try {
      return [typeof realm.document, typeof realm.process, new Function('return 1')()]
    } catch (error) {
      return [typeof realm.document, typeof realm.process, (error as Error).name]
    }
  })
  expect(seen).toEqual(['undefined', 'undefined', 'EvalError'])
})

test('an exposed function is called with what the app passes', async () => {
  const { mini } = await drive()
  const calls: unknown[] = []
  await mini.exposeFunction('told', (...args: unknown[]) => calls.push(args))
  await mini.evaluate(() => (globalThis as unknown as { told(...args: unknown[]): void }).told(1, { a: 2 }))
  await until(
    () => calls.length,
    (count) => count === 1,
  )
  expect(calls).toEqual([[1, { a: 2 }]])
})

test('what a page throws and logs reaches the client and App.onError', async () => {
  const { mini, tap } = await drive()
  const seen: unknown[] = []
  mini.on('exception', ({ message }: { message: string }) => seen.push(message))
  mini.on('console', (line: unknown) => seen.push(line))
  await tap('#throw')
  await until(
    () => seen.length,
    (count) => count === 2,
  )
  expect(seen).toEqual([{ type: 'log', args: ['about to fail', { a: 1 }] }, 'broken page'])
  const events = await mini.evaluate(() => (getApp() as unknown as { events: unknown[] }).events)
  expect(events).toContainEqual(['error', 'Error: broken page'])
})

declare function getApp(): unknown

test('leaving WeChat and coming back is told to page, app and listeners', async () => {
  const { mini, launched } = await drive()
  await mini.evaluate(() => {
    const realm = globalThis as unknown as { wx: Record<string, (callback: () => void) => void>; seen: string[] }
    realm.seen = []
    realm.wx.onAppHide?.(() => realm.seen.push('hide'))
    realm.wx.onAppShow?.(() => realm.seen.push('show'))
  })
  enterBackground(launched.host)
  enterForeground(launched.host)
  expect(await mini.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual(['hide', 'show'])
  expect(launched.host.stack[0]?.instance.shown).toBe(2)
})

test('a method that the host does not have is refused by name', async () => {
  const { launched } = await drive()
  await expect(openLine(launched.host).ask('App.fly')).rejects.toThrow('App.fly is not implemented by this host')
})

test('the wx of a plugin is refused by name', async () => {
  const { mini } = await drive()
  await expect(mini.callPluginWxMethod('wxplugin', 'login')).rejects.toThrow('no plugins: the wx of wxplugin')
  await expect(mini.mockPluginWxMethod('wxplugin', 'login', {})).rejects.toThrow('no plugins: the wx of wxplugin')
})

test('leaving the app tells it so', async () => {
  const { mini, launched } = await drive()
  await openLine(launched.host).ask('App.exit')
  expect(launched.host.isForeground).toBe(false)
  expect((await mini.currentPage())?.path).toBe('pages/shop/index')
})
