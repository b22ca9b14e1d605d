import { expect, test } from 'vitest'
import { type Driven, drive, until } from '../testing/fixture.ts'
import { call } from '../testing/in-app.ts'

const PAGE = 'pages/platform/index'

/** The app's console, from now on. */
function warnings({ mini }: Driven): string[] {
  const lines: string[] = []
  mini.on('console', ({ type, args }: { type: string; args: unknown[] }) => {
    if (type === 'warn') lines.push(String(args[0]))
  })
  return lines
}

test('data crosses as JSON: what the app does to its object afterwards changes nothing', async () => {
  const { mini } = await drive({ path: PAGE })
  const seen = await mini.evaluate(() => {
    const page = getCurrentPages()[0]
    const list = ['一']
    page?.setData({ list })
    list.push('二')
    return [page?.data.list, Object.getPrototypeOf(page?.data.list) === Array.prototype]
  })
  expect(seen).toEqual([['一'], true])
})

test('the callback comes after the view has drawn, never at once', async () => {
  const { mini, text } = await drive({ path: PAGE })
  const order = await mini.evaluate(
    () =>
      new Promise((resolve) => {
        const told: string[] = []
        getCurrentPages()[0]?.setData({ text: '画好了' }, () => resolve([...told, 'callback']))
        told.push('after the call')
      }),
  )
  expect(order).toEqual(['after the call', 'callback'])
  expect(await text('#text')).toBe('画好了')
})

test('undefined sets nothing and is warned of by the name of the field', async () => {
  const driven = await drive({ path: PAGE })
  const lines = warnings(driven)
  const kept = await driven.mini.evaluate(() => {
    const page = getCurrentPages()[0]
    page?.setData({ text: '有' })
    page?.setData({ text: undefined, other: 1 })
    return [page?.data.text, page?.data.other]
  })
  expect(kept).toEqual(['有', 1])
  await until(
    () => lines,
    ({ length }) => length > 0,
  )
  expect(lines).toEqual(['Setting data field "text" to undefined is invalid.'])
})

test('a function stays on the logic thread, where component libraries keep their callbacks', async () => {
  const { mini } = await drive({ path: PAGE })
  const called = await mini.evaluate(() => {
    const watcher = getCurrentPages()[0]?.selectComponent('#watcher')
    watcher?.write({ options: { done: () => 'called', n: 1 } })
    const options = watcher?.data.options as { done(): string; n: number } | undefined
    return [options?.done(), options?.n]
  })
  expect(called).toEqual(['called', 1])
})

test('what JSON cannot hold at all is the caller’s error', async () => {
  const { mini } = await drive({ path: PAGE })
  const message = await mini.evaluate(() => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    try {
      getCurrentPages()[0]?.setData({ circle })
      return 'taken'
    } catch (error) {
      return String((error as Error).message).split('\n')[0]
    }
  })
  expect(message).toBe('Converting circular structure to JSON')
})

test.each([
  [300, 'setData 的数据有 300 KB，建议单次不超过 256 KB。'],
  [1500, 'setData 数据传输长度为 1500 KB，存在有性能问题！'],
])('%i KB at once are warned of, in pages and components alike', async (kilobytes, warning) => {
  const driven = await drive({ path: PAGE })
  const lines = warnings(driven)
  await driven.mini.evaluate((length: number) => {
    const page = getCurrentPages()[0]
    page?.setData({ text: 'a'.repeat(length) })
    page?.selectComponent('#watcher').write({ seen: 'a'.repeat(length) })
    page?.setData({ text: '' })
  }, kilobytes * 1024)
  await until(
    () => lines,
    ({ length }) => length >= 2,
  )
  expect(lines).toEqual([warning, warning])
})

test('too many calls in a second, and calls of a page that nobody sees, are warned of once', async () => {
  const driven = await drive({ path: PAGE })
  const lines = warnings(driven)
  await driven.mini.evaluate(() => {
    for (let count = 0; count < 50; count += 1) getCurrentPages()[0]?.setData({ text: `${count}` })
  })
  await call(driven, 'navigateTo', { url: '/pages/result/index?id=1' })
  await driven.mini.evaluate(() => {
    for (let count = 0; count < 3; count += 1) getCurrentPages()[0]?.setData({ text: `${count}` })
  })
  await until(
    () => lines,
    ({ length }) => length >= 2,
  )
  expect(lines).toEqual([
    'pages/platform/index 每秒调用 setData 超过 20 次，建议合并。',
    'pages/platform/index 在后台调用了 setData，建议等到 onShow。',
  ])
})

interface Instance {
  data: Record<string, unknown>
  setData(data: object, callback?: () => void): void
  selectComponent(selector: string): { data: Record<string, unknown>; write(data: object): void }
}
declare function getCurrentPages(): Instance[]
