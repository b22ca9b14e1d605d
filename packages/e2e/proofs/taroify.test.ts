import { beforeAll, expect, test } from 'vitest'
import { buildTaroify } from './builds.ts'
import { open } from './phone.ts'

let project: string
beforeAll(async () => {
  project = await buildTaroify()
})

type Phone = Awaited<ReturnType<typeof open>>

/** What a finger does on an element, in one go. */
async function swipe(phone: Phone, selector: string, from: number, to: number): Promise<void> {
  const element = await phone.find(selector)
  const at = (x: number) => {
    const touches = [{ identifier: 0, clientX: x, clientY: 10, pageX: x, pageY: 10 }]
    return { touches, changeTouches: touches, changedTouches: touches }
  }
  await element.touchstart(at(from))
  await element.touchmove(at((from + to) / 2))
  await element.touchmove(at(to))
  await element.touchend(at(to))
}

test('a popup opens with a picker, an option is chosen and confirmed', async () => {
  const phone = await open(project)
  expect(await phone.look('#popup')).toBeNull()
  await phone.tap('#city')
  await phone.find('#popup')
  const options = await (await phone.page()).$$('#popup .taroify-picker-option')
  expect(await Promise.all(options.map((option: { text(): Promise<string> }) => option.text()))).toEqual([
    '北京',
    '上海',
    '广州',
    '深圳',
  ])
  await options[2]?.tap()
  await phone.tap('#popup .taroify-picker__confirm')
  await phone.sees('#city .taroify-cell__value', '广州')
  expect(phone.failures).toEqual([])
})

test('a dialog is answered, an action sheet is chosen from', async () => {
  const phone = await open(project)
  await phone.tap('#ask')
  await phone.tap('#dialog .taroify-dialog__confirm')
  await phone.sees('#answer .taroify-cell__value', 'yes')
  await phone.tap('#act')
  const [, second] = await (await phone.find('#actions')).$$('.taroify-action-sheet__button')
  await second.tap()
  await phone.sees('#answer .taroify-cell__value', 'delete')
  expect(phone.failures).toEqual([])
})

test('a toast comes, and goes by itself', async () => {
  const phone = await open(project)
  await phone.tap('#greet')
  await phone.sees('#toast', 'Hello')
  await expect.poll(() => phone.look('#toast .taroify-toast__message'), { timeout: 5000 }).toBeNull()
  expect(phone.failures).toEqual([])
})

test('tabs, a stepper, a checkbox and a switch say what was chosen', async () => {
  const phone = await open(project)
  await phone.sees('#chosen', '0 1 false false first')
  const [, reviews] = await (await phone.find('#tabs')).$$('.taroify-tabs__tab')
  await reviews.tap()
  await phone.sees('#pane-reviews', 'no reviews')
  await phone.tap('#stepper .taroify-stepper__increase')
  await phone.tap('#stepper .taroify-stepper__increase')
  await phone.tap('#stepper .taroify-stepper__increase')
  await phone.tap('#agree')
  await phone.tap('#silent')
  await phone.sees('#chosen', '1 3 true true first')
  expect(phone.failures).toEqual([])
})

test('a swiper of its own making follows the finger', async () => {
  const phone = await open(project)
  await swipe(phone, '.taroify-swiper__track', 280, 40)
  await phone.sees('#chosen', '0 1 false false second')
  expect(phone.failures).toEqual([])
})

test('a form is submitted when its rules are met, and not before', async () => {
  const phone = await open(project)
  await (await phone.field('#name')).input('Li Lei')
  await (await phone.field('#phone')).input('123')
  await phone.tap('#submit')
  await expect.poll(async () => (await phone.page()).$('.taroify-form-feedback')).not.toBeNull()
  expect(await phone.text('#submitted')).toBe('nothing')
  await (await phone.field('#phone')).input('13800000000')
  await phone.tap('#submit')
  await phone.sees('#submitted', '{"name":"Li Lei","phone":"13800000000"}')
  expect(phone.failures).toEqual([])
})

test('a skeleton gives way to what it stood for', async () => {
  const phone = await open(project)
  expect(await phone.look('#arrived')).toBeNull()
  await phone.tap('#arrive')
  await phone.sees('#arrived', 'here at last')
})
