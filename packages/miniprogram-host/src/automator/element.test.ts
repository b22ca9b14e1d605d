import type {
  CustomElement,
  InputElement,
  ScrollViewElement,
  SwiperElement,
} from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'
import { inBothModes } from '../testing/modes.ts'
import { openLine } from './line.ts'

const FORM = { path: 'pages/form/index' }

inBothModes((drive, mode) => {
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
    const [size, offset] = [await title.size(), await title.offset()]
    if (mode === 'node')
      expect([size, offset]).toEqual([
        { width: 0, height: 0 },
        { left: 0, top: 0 },
      ])
    else expect([size.width, offset.left, offset.top > 0]).toEqual([375, 0, true])
    expect(await (await find('#picture')).property('mode')).toBe('aspectFill')
    expect(await (await find('#off')).property('disabled')).toBe(true)
    await expect((await find('#picture')).property('none')).rejects.toThrow('not exists')
    const total = await find('#total')
    expect([await total.style('color'), await total.style('width')]).toEqual(['rgb(7, 193, 96)', '50px'])
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
    const touch = await find('#touch')
    await touch.touchstart()
    expect(await text('#log')).toBe('touchstart 1')
    const points = [1, 2].map((identifier) => ({ identifier, pageX: 1, pageY: 2, clientX: 1, clientY: 2 }))
    await touch.touchstart({ touches: points })
    expect(await text('#log')).toBe('touchstart 2')
    await touch.dispatchEvent({ eventName: 'longpress', touches: points, detail: { x: 1 } })
    expect(await text('#log')).toBe('longpress 2')
    await (await find('#level')).trigger('change', { value: 'am' })
    expect(await text('#log')).toBe('level=am')
  })

  test('swiper and scroll-view have their own methods', async () => {
    const { find, text } = await drive(FORM)
    await (await find<SwiperElement>('#swiper')).swipeTo(1)
    expect(await text('#log')).toBe('swiped 1')
    const list = await find<ScrollViewElement>('#list')
    await list.scrollTo(0, 30)
    const [width, height] = [await list.scrollWidth(), await list.scrollHeight()]
    if (mode === 'node') expect([await list.property('scrollTop'), width, height]).toEqual([30, 0, 0])
    else expect([width, height > 0]).toEqual([375, true])
  })

  test('a custom component has data and methods of its own and tells its page', async () => {
    const { find, text } = await drive()
    const stepper = await find<CustomElement>('#stepper')
    await (await stepper.$('.plus'))?.tap()
    expect([await stepper.data('value'), await text('#stepped')]).toEqual([3, '3'])
    await stepper.setData({ value: 10 })
    expect(await stepper.callMethod('double', 2)).toBe(20)
  })
})

test('an element is searched within another', async () => {
  const { find } = await drive()
  const item = await find('.item')
  expect(await (await item.$('.name'))?.text()).toBe('球拍')
  expect((await item.$$('text')).length).toBe(2)
})

test('an element that left the page says so', async () => {
  const { page, find } = await drive()
  const item = await find('.item')
  await (await page()).setData({ goods: [] })
  await expect(item.text()).rejects.toThrow('no longer attached')
})

test('an event may start at what is selected inside the element, and needs a name', async () => {
  const { find, text, launched } = await drive()
  const stepper = await find('#stepper')
  await stepper.dispatchEvent({ eventName: 'tap', $: '.plus' })
  expect(await text('#stepped')).toBe('3')
  await expect(stepper.dispatchEvent({ eventName: 'tap', $: '.none' })).rejects.toThrow('.none is not inside')
  await expect(stepper.dispatchEvent({} as { eventName: string })).rejects.toThrow('eventName is missing')
  const line = openLine(launched.host)
  await expect(line.ask('Element.tap', { elementId: 'e1' })).rejects.toThrow('element not found')
})

test('a method of a video is refused, as there is no video', async () => {
  const { launched } = await drive()
  const line = openLine(launched.host)
  const { pageId } = Object(await line.ask('App.getCurrentPage'))
  const { elementId } = Object(await line.ask('Page.getElement', { pageId, selector: '#title' }))
  await expect(line.ask('Element.callContextMethod', { elementId, method: 'play' })).rejects.toThrow(
    'view has no context: this host has no video component.',
  )
})
