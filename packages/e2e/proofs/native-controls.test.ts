import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { open } from './phone.ts'

const PROJECT = fileURLToPath(new URL('./native', import.meta.url))
const form = () => open(PROJECT, { path: 'pages/form/index' })
const pickers = () => open(PROJECT, { path: 'pages/pickers/index' })

test('a form hands in what every kind of field holds', async () => {
  const phone = await form()
  await (await phone.field('#name')).input('li lei far away')
  await (await phone.field('#note')).input('at the\ndoor')
  await phone.tap('#milk')
  await phone.tap('#large-label')
  await phone.tap('#gift')
  await (await phone.slider('#sweetness')).slideTo(7)
  await phone.tap('#submit')
  await expect
    .poll(async () => JSON.parse((await phone.text('#submitted')).replace('nothing', '{}')))
    .toEqual({
      name: 'li lei f',
      note: 'at the\ndoor',
      extras: ['milk', 'sugar'],
      size: 'L',
      gift: true,
      sweetness: 8,
    })
  expect(phone.failures).toEqual([])
})

test('a reset empties the fields and is told', async () => {
  const phone = await form()
  await (await phone.field('#name')).input('li lei')
  await phone.tap('#reset')
  await phone.sees('#submitted', 'reset')
  expect(await (await phone.find('#name')).value()).toBe('')
})

test('a model binding follows both ways', async () => {
  const phone = await form()
  const twin = await phone.field('#twin')
  expect(await twin.value()).toBe('both')
  await twin.input('typed')
  await phone.sees('#twin-text', 'typed')
  await (await phone.page()).setData({ twin: 'set' })
  await expect.poll(() => twin.value()).toBe('set')
})

test('labels act for their controls; what is disabled stays as it is', async () => {
  const phone = await form()
  await phone.tap('#sugar-label')
  await phone.sees('#last', 'extras []')
  await phone.tap('#salt')
  await phone.tap('#disabled')
  await phone.sees('#last', 'extras []')
  await phone.tap('#small-label')
  await phone.sees('#last', 'extras []')
  await phone.tap('#large')
  await phone.sees('#last', 'size "L"')
  expect(phone.failures).toEqual([])
})

test('a button asks for a share card', async () => {
  const phone = await form()
  await phone.tap('#share')
  await phone.sees('#last', 'share button')
})

test('a picker is turned and confirmed in every mode', async () => {
  const phone = await pickers()
  const choose = async (picker: string, ...places: string[]) => {
    await phone.tap(picker)
    for (const place of places) await phone.tap(`#picker-${place}`)
    await phone.tap('#picker-confirm')
  }
  await choose('#fruit', '0-1')
  await phone.sees('#chosen', 'fruit 1')
  expect(await phone.text('#fruit-text')).toBe('pear')
  await choose('#size', '0-1', '1-2')
  await phone.sees('#chosen', 'size [1,2]')
  expect(await phone.text('#columns')).toBe('1 2')
  await choose('#time')
  await phone.sees('#chosen', 'time "12:00"')
  await choose('#date', '1-0')
  await phone.sees('#chosen', 'date "2026-01-21"')
  await choose('#region')
  await phone.sees('#chosen', 'region ["广东省","广州市","海珠区"]')
  expect(phone.failures).toEqual([])
})

test('a picker that was cancelled says so, one that is disabled does not open', async () => {
  const phone = await pickers()
  await phone.tap('#date')
  await phone.tap('#picker-cancel')
  await phone.sees('#chosen', 'cancelled')
  await phone.tap('#off')
  expect(await phone.look('#picker-confirm')).toBeNull()
})
