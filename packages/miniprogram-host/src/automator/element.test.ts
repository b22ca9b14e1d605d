import type {
  CustomElement,
  InputElement,
  ScrollViewElement,
  SwiperElement,
} from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'

const FORM = { path: 'pages/form/index' }

test('a tap runs the handler with the dataset of the element', async () => {
  const { page, text } = await drive()
  const [, second] = await (await page()).$$('.item')
  await second?.tap()
  expect(await text('#total')).toBe('合计 19.99')
})

test('a disabled button takes no tap, one whose disabled is undefined or empty does', async () => {
  const { tap, text } = await drive()
  await tap('#off')
  await tap('#maybe')
  await tap('#freed')
  expect([await text('#total'), await text('#taps')]).toEqual(['合计 0.00', '2'])
})

test('text, attributes, properties, styles, size, offset and WXML can be read', async () => {
  const { find } = await drive()
  const title = await find('#title')
  expect(await title.attribute('class')).toBe('title')
  expect(await title.outerWxml()).toContain('小店')
  expect(await title.wxml()).toBe('小店')
  expect(await title.size()).toEqual({ width: 0, height: 0 })
  expect(await title.offset()).toEqual({ left: 0, top: 0 })
  expect(await (await find('#picture')).property('mode')).toBe('aspectFill')
  expect(await (await find('#off')).property('disabled')).toBe(true)
  await expect((await find('#picture')).property('none')).rejects.toThrow('not exists')
  const total = await find('#total')
  expect([await total.style('color'), await total.style('width')]).toEqual(['rgb(7, 193, 96)', '50px'])
})

test('an element is searched within another', async () => {
  const { find } = await drive()
  const item = await find('.item')
  expect(await (await item.$('.name'))?.text()).toBe('球拍')
  expect((await item.$$('text')).length).toBe(2)
})

test('typing fires input and is kept as the value', async () => {
  const { find, text } = await drive(FORM)
  const name = await find<InputElement>('#name')
  await name.input('小王')
  expect([await name.value(), await text('#typed')]).toEqual(['小王', '小王'])
})

test('submit collects every named field, reset is told to the form', async () => {
  const { find, tap, text } = await drive(FORM)
  await (await find<InputElement>('#name')).input('小王')
  await (await find<InputElement>('#note')).input('靠窗')
  await (await find('#agree')).tap()
  await tap('#pro-label')
  await tap('#tue')
  await tap('#submit')
  expect(JSON.parse(await text('#submitted'))).toEqual({
    name: '小王',
    note: '靠窗',
    agree: true,
    level: 'pro',
    days: ['tue'],
  })
  await tap('#reset')
  expect(await text('#log')).toBe('reset')
})

test('a finger that rests fires longpress', async () => {
  const { find, text } = await drive(FORM)
  await (await find('#touch')).longpress()
  expect(await text('#log')).toBe('longpress 1')
})

test('touches carry their points, and any event can be triggered', async () => {
  const { find, text } = await drive(FORM)
  await (await find('#touch')).touchstart()
  expect(await text('#log')).toBe('touchstart 1')
  await (await find('#level')).trigger('change', { value: 'am' })
  expect(await text('#log')).toBe('level=am')
})

test('swiper and scroll-view have their own methods', async () => {
  const { find, text } = await drive(FORM)
  await (await find<SwiperElement>('#swiper')).swipeTo(1)
  expect(await text('#log')).toBe('swiped 1')
  const list = await find<ScrollViewElement>('#list')
  await list.scrollTo(0, 30)
  expect([await list.property('scrollTop'), await list.scrollWidth(), await list.scrollHeight()]).toEqual([30, 0, 0])
})

test('a custom component has data and methods of its own and tells its page', async () => {
  const { find, text } = await drive()
  const stepper = await find<CustomElement>('#stepper')
  await (await stepper.$('.plus'))?.tap()
  expect([await stepper.data('value'), await text('#stepped')]).toEqual([3, '3'])
  await stepper.setData({ value: 10 })
  expect(await stepper.callMethod('double', 2)).toBe(20)
})

test('an element that left the page says so', async () => {
  const { page, find } = await drive()
  const item = await find('.item')
  await (await page()).setData({ goods: [] })
  await expect(item.text()).rejects.toThrow('no longer attached')
})
