import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { open } from './phone.ts'

/** No build step stands between these files and the host. */
const PROJECT = fileURLToPath(new URL('./native', import.meta.url))
const at = (path: string) => open(PROJECT, { path })

test('pages live and die as their app expects; tab pages stay', async () => {
  const phone = await open(PROJECT)
  await phone.sees('#life', 'load show ready ')
  await phone.mini.callWxMethod('switchTab', { url: '/pages/mine/index' })
  await phone.sees('#opened', 'launch pages/home/index 1001, show')
  await phone.mini.callWxMethod('switchTab', { url: '/pages/home/index' })
  await phone.sees('#life', 'load show ready hide show ')
  expect(phone.failures).toEqual([])
})

test('navigators open a sub-package with its query, go back, and start anew', async () => {
  const phone = await open(PROJECT)
  await phone.tap('#to-detail')
  await phone.sees('#query', '7 茶')
  expect(await phone.text('#depth')).toBe('2')
  await phone.tap('#back')
  await phone.tap('#to-content')
  await phone.find('#rich-nodes')
  expect(await phone.mini.pageStack()).toHaveLength(1)
  expect(phone.failures).toEqual([])
})

test('an opened page and its opener talk through an event channel', async () => {
  const phone = await open(PROJECT)
  await phone.tap('#offer')
  await phone.sees('#offered', 'tea,rice')
  await phone.tap('#pick')
  await phone.sees('#picked', 'rice')
  expect(phone.failures).toEqual([])
})

test('pulling down is answered once', async () => {
  const phone = await open(PROJECT)
  await phone.mini.callWxMethod('startPullDownRefresh')
  await phone.sees('#refreshed', '1')
})

test('a custom tab bar is drawn by the app and switches', async () => {
  const phone = await open(PROJECT)
  await phone.sees('#tab-0', 'Home')
  await phone.tap('#tab-1')
  await phone.find('#opened')
  expect(await (await phone.find('#tab-1')).attribute('class')).toContain('selected')
  expect(phone.failures).toEqual([])
})

test('templates, includes, loops, conditions and WXS draw the data', async () => {
  const phone = await at('pages/data/index')
  expect(await phone.text('#rows')).toMatch(/tea\s*×2\s*¥12\.50\s*rice\s*×1\s*¥0\.01/)
  expect(await phone.text('#total')).toBe('¥25.01')
  expect(await phone.text('#notice')).toBe('no notice')
  expect(await phone.text('#state')).toBe('waiting')
  expect(await phone.text('#expression')).toBe('many, 3, nowhere')
  await phone.tap('#filtered')
  await phone.sees('#answered', 'read 1999')
})

test('setData takes paths into objects and arrays, and replaces only what it names', async () => {
  const phone = await at('pages/data/index')
  const page = await phone.page()
  await page.setData({
    'order.address.lines[1].text': 'changed',
    'rows[0].quantity': 1,
    state: 'closed',
    revealed: true,
  })
  await phone.sees('#deep', 'changed')
  await phone.sees('#total', '¥12.51')
  expect(await phone.text('#state')).toBe('closed')
  expect(await page.data('order.address.lines[0].text')).toBe('first')
  expect(await page.data('rows')).toHaveLength(2)
})

test('setData lends nothing: what the app does with its object later is not seen, and its callback runs', async () => {
  const phone = await at('pages/data/index')
  await (await phone.page()).callMethod('lend')
  await phone.sees('#row-c .name', 'salt')
  await phone.sees('#answered', 'answered salt')
  expect(phone.failures).toEqual([])
})

test('a list of 500 rows is drawn, and a row answers to a tap', async () => {
  const phone = await at('pages/list/index')
  const page = await phone.page()
  await page.callMethod('fill', 500, 1)
  await expect.poll(async () => (await page.$$('#rows .row')).length).toBe(500)
  const rows = await page.$$('#rows .row')
  expect(await rows[499]?.text()).toMatch(/goods 499\.1\s*¥34\.94/)
  await rows[499]?.tap()
  await phone.sees('#chosen', 'chose 499')
})
