import { expect, test } from 'vitest'
import { type Driven, drive } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

const MB = 1024 * 1024

/** The message that a synchronous method throws, or its answer. */
const run = ({ mini }: Driven, code: string): Promise<unknown> =>
  mini.evaluate(`function () {
    try { return (() => { ${code} })() } catch (error) { return [error instanceof Error, error.message] }
  }`)

test('an entry of more than 1 MB, key included, is refused and the old one stays', async () => {
  const driven = await drive({ storage: { a: 'old' } })
  const data = 'x'.repeat(MB)
  expect(await call(driven, 'setStorage', { key: 'a', data })).toEqual({
    errMsg: 'setStorage:fail:entry size limit reached',
  })
  expect(await run(driven, `return wx.setStorageSync('a', 'x'.repeat(${MB}))`)).toEqual([
    true,
    'setStorageSync:fail:entry size limit reached',
  ])
  expect(await driven.launched.storage()).toEqual({ a: 'old' })
})

test('more than 10 MB in all are refused; replacing an entry counts only what it becomes', async () => {
  const driven = await drive()
  const write = (key: string, length: number) =>
    run(driven, `return wx.setStorageSync('${key}', 'x'.repeat(${length}))`)
  for (let index = 0; index < 10; index += 1) await write(`k${index}`, MB - 10)
  expect(await write('k10', 1000)).toEqual([true, 'setStorageSync:fail:quota reached'])
  expect(await call(driven, 'setStorage', { key: 'k10', data: 'x'.repeat(1000) })).toEqual({
    errMsg: 'setStorage:fail:quota reached',
  })
  expect(await write('k0', 1000)).toBeUndefined()
  expect(await write('k10', 1000)).toBeUndefined()
  expect(await driven.mini.callWxMethod('getStorageInfoSync')).toMatchObject({ limitSize: 10_240 })
})

test.each([
  ['null', 'null', null],
  ['undefined', 'undefined', 'undefined'],
  ['NaN', 'NaN', 'NaN'],
  ['new Date(86400000)', 'date', '1970-01-02T00:00:00.000Z'],
  ['() => 1', 'function', ''],
  ["({ a: [1, '二'], b: undefined })", 'object', { a: [1, '二'] }],
])('%s comes back as WeChat gives it back', async (code, _, expected) => {
  const driven = await drive()
  const seen = await run(
    driven,
    `wx.setStorageSync('a', ${code})
     const value = wx.getStorageSync('a')
     if (value === undefined || Number.isNaN(value)) return String(value)
     return value && value.toISOString ? value.toISOString() : value`,
  )
  expect(seen).toEqual(expected)
})

test('a value that has no JSON at all is the caller’s error, and nothing is written', async () => {
  const driven = await drive()
  const [isError, message] = (await run(driven, 'const a = {}; a.a = a; wx.setStorageSync("a", a)')) as [
    boolean,
    string,
  ]
  expect([isError, message.split('\n')[0]]).toEqual([true, 'setStorageSync:fail Converting circular structure to JSON'])
  expect(await driven.launched.storage()).toEqual({})
})

test('a key that is no text is refused by name', async () => {
  const driven = await drive()
  expect(await call(driven, 'setStorage', { data: 1 })).toEqual({
    errMsg: 'setStorage:fail parameter error: parameter.key should be String instead of Undefined;',
  })
  expect(await run(driven, 'return wx.getStorageSync(7)')).toEqual([
    true,
    'getStorageSync:fail parameter error: parameter should be String instead of Number;',
  ])
})

test('a missing key is an empty text, or the failure of the asynchronous form', async () => {
  const driven = await drive()
  expect(await run(driven, "return wx.getStorageSync('none')")).toBe('')
  expect(await call(driven, 'getStorage', { key: 'none' })).toEqual({ errMsg: 'getStorage:fail data not found' })
})

test('several keys are written and read in one call', async () => {
  const driven = await drive()
  expect(
    await run(
      driven,
      `wx.batchSetStorageSync([{ key: 'a', value: 1 }, { key: 'b', value: [2] }])
       return wx.batchGetStorageSync(['b', 'a', 'c'])`,
    ),
  ).toEqual([[2], 1, ''])
  await call(driven, 'batchSetStorage', { kvList: [{ key: 'c', value: '三' }] })
  expect(await call(driven, 'batchGetStorage', { keyList: ['c'] })).toMatchObject({ dataList: ['三'] })
})
