import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { open } from './phone.ts'

const PROJECT = fileURLToPath(new URL('./native', import.meta.url))
const start = () => open(PROJECT, { path: 'pages/components/index' })

test('slots by name hold what the page puts there, in the order of the component', async () => {
  const phone = await start()
  expect(await phone.text('#card')).toMatch(/^above\s*Order\s*body\s*below\s*close$/)
  expect(phone.failures).toEqual([])
})

test('an external class of the page is on the element inside', async () => {
  const phone = await start()
  const title = await phone.find('#card >>> .title')
  expect(String(await title.attribute('class')).split(' ')).toContain('paid')
})

test('an event of a component reaches the page with its detail', async () => {
  const phone = await start()
  await phone.tap('#card >>> #close')
  await phone.sees('#closed', 'card tap')
})

test('observers follow properties, a behavior counts, pure data is kept but not drawn', async () => {
  const phone = await start()
  await phone.sees('#meter >>> #bar', '#.......')
  expect(await phone.text('#meter >>> #shown')).toBe('1 g')
  await phone.tap('#more')
  await phone.tap('#more')
  await phone.sees('#meter >>> #shown', '9 g')
  expect(await phone.text('#meter >>> #bar')).toBe('########')
  await phone.sees('#filled', 'full at 9')
  await phone.tap('#ask')
  await phone.sees('#asked', '9 g, changed 3, full true')
  expect(phone.failures).toEqual([])
})

test('related components know each other as they come and go', async () => {
  const phone = await start()
  await phone.sees('#list >>> #count', 'tea rice')
  await phone.tap('#add')
  await phone.sees('#list >>> #count', 'tea rice salt')
  await phone.tap('#drop')
  await phone.sees('#list >>> #count', 'rice salt')
  expect(phone.failures).toEqual([])
})

test('lifetimes of a component and of its page come in order', async () => {
  const phone = await start()
  await phone.sees('#clock >>> #ticks', 'created attached shown ready ')
  await phone.mini.callWxMethod('navigateTo', { url: '/parts/pages/detail/index?id=1' })
  await phone.mini.callWxMethod('navigateBack')
  await phone.tap('#stop')
  expect(await phone.look('#clock')).toBeNull()
  await phone.sees('#life', 'created attached shown ready hidden shown detached')
  expect(phone.failures).toEqual([])
})
