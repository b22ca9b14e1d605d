import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { open } from './phone.ts'

const PROJECT = fileURLToPath(new URL('./native', import.meta.url))
const content = () => open(PROJECT, { path: 'pages/content/index' })
const motion = () => open(PROJECT, { path: 'pages/motion/index' })

test('text is nested, decoded and spaced', async () => {
  const phone = await content()
  expect(await phone.text('#plain')).toBe('one two')
  expect(await phone.text('#decoded')).toBe('a < b &\u00a0c')
  expect(await phone.text('#spaced')).toBe('a\u2003b')
  await phone.tap('#inner')
  await phone.sees('#inner', 'tapped 1')
})

test('rich text draws nodes and HTML, and no script', async () => {
  const phone = await content()
  const nodes = await phone.find('#rich-nodes')
  expect(await nodes.text()).toContain('Paid')
  expect(await nodes.wxml()).toMatch(/<div class="paid">.*<img [^>]*alt="mark"/)
  const html = await (await phone.find('#rich-html')).wxml()
  expect(html).toContain('<b>you</b>')
  expect(html).not.toContain('script')
})

test('a progress bar, an icon, a cover and a portal hold what the page gave them', async () => {
  const phone = await content()
  expect(await (await phone.find('#progress')).property('percent')).toBe(40)
  expect(await (await phone.find('#icon')).property('type')).toBe('success')
  expect(await phone.text('#cover')).toBe('covered')
  expect(await phone.text('#portal')).toBe('above everything')
  expect(phone.failures).toEqual([])
})

test('a page container comes, tells of itself, and goes', async () => {
  const phone = await content()
  await phone.tap('#open-container')
  await phone.sees('#contained', 'inside')
  await phone.sees('#container-events', 'beforeenter afterenter ')
  await phone.tap('#close-container')
  await phone.sees('#container-events', 'beforeenter afterenter afterleave ')
  expect(phone.failures).toEqual([])
})

test('a swiper and a movable view go where the finger takes them', async () => {
  const phone = await motion()
  await (await phone.swiper('#swiper')).swipeTo(2)
  await phone.sees('#turned', '2 third touch')
  await (await phone.movable('#movable')).moveTo(30, 12)
  await phone.sees('#moved', '30 12')
  expect(phone.failures).toEqual([])
})

test('a list of lines stands in its scroll view', async () => {
  const phone = await motion()
  expect(await phone.text('#line-29')).toBe('29')
  const scroller = await phone.scrollView('#scroller')
  await scroller.scrollTo(0, 120)
  expect(await scroller.property('scrollTop')).toBe(120)
})

test('a page shown by WeChat instead of the app is named, not opened', async () => {
  const phone = await open(PROJECT, { path: 'pages/web/index' })
  expect(await phone.text('#web')).toContain('https://shop.example/terms')
  expect(phone.failures).toEqual([])
})
