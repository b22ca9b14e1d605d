import type { InputElement, SliderElement, SwitchElement } from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { driveComponents } from '../../testing/components.ts'

test('a bound field writes back what was typed, up to maxlength, and follows the app', async () => {
  const { find, text, tap, log } = await driveComponents('fields')
  const bound = await find<InputElement>('#bound')
  expect(await bound.value()).toBe('先写的')
  await bound.input('一二三四五')
  expect([await bound.value(), await text('#typed')]).toEqual(['一二三四', '一二三四'])
  expect(await log()).toEqual([expect.stringMatching(/^input#bound .*"value":"一二三四","cursor":4/)])
  await tap('#clear')
  expect([await bound.value(), await text('#typed')]).toEqual(['', ''])
})

test('a placeholder has a class and a style of the app, and goes when something is typed', async () => {
  const { find, launched } = await driveComponents('fields')
  const hint = launched.host.env.screen.querySelector<HTMLElement>('#long > i')
  expect([hint?.dataset.text, hint?.className, hint?.style.color]).toEqual(['写点什么', 'soft', 'rgb(9, 9, 9)'])
  const filled = async () => (await find('#long')).attribute('data-filled')
  expect(await filled()).toBeNull()
  await (await find<InputElement>('#long')).input('长')
  expect(await filled()).toBe('')
})

test('what a handler of input returns takes the place of what was typed', async () => {
  const { find } = await driveComponents('fields')
  const code = await find<InputElement>('#code')
  await code.input('abc')
  expect(await code.value()).toBe('ABC')
})

test('a disabled field takes no text, maxlength -1 takes any', async () => {
  const { find, log } = await driveComponents('fields')
  await (await find<InputElement>('#off')).input('新')
  await (await find<InputElement>('#long')).input('长'.repeat(200))
  expect(await (await find<InputElement>('#off')).value()).toBe('原样')
  expect(await (await find<InputElement>('#long')).value()).toHaveLength(200)
  expect(await log()).toEqual([])
})

test('switch, radio, checkbox and slider tell what they are now, disabled ones tell nothing', async () => {
  const { find, tap, log } = await driveComponents('fields')
  await (await find<SwitchElement>('#switch')).tap()
  for (const id of ['#switch-off', '#wed', '#never', '#mon', '#pro', '#pro']) await tap(id)
  await (await find<SliderElement>('#slider')).slideTo(18)
  expect(await log()).toEqual([
    'change#switch {"value":false}',
    'change#days {"value":["mon","wed"]}',
    'change#days {"value":["wed"]}',
    'change#level {"value":"pro"}',
    'change#slider {"value":20}',
  ])
})

test('a label is its control: the one inside, or the one that it names', async () => {
  const { page, log } = await driveComponents('fields')
  for (const label of await (await page()).$$('label')) await label.tap()
  expect(await log()).toEqual(['change#days {"value":[]}', 'change#days {"value":["wed"]}'])
})

test('submit collects every named field, reset empties them, a disabled button does neither', async () => {
  const { tap, log } = await driveComponents('fields')
  for (const id of ['#dead', '#submit', '#reset', '#submit']) await tap(id)
  const [before = '', reset, after = ''] = await log()
  expect(JSON.parse(before.replace('submit#form ', '')).value).toEqual({
    bound: '先写的',
    off: '原样',
    long: '',
    area: '两行\\n字',
    slider: 10,
    switch: true,
    switchOff: false,
    days: ['mon'],
    level: 'am',
    one: 1,
    multi: [0, 1],
    time: '09:05',
    date: '2026-12-31',
    month: '2026-11',
    region: ['广东省', '广州市', '海珠区'],
    closed: '',
  })
  expect(reset).toBe('reset#form {}')
  expect(JSON.parse(after.replace('submit#form ', '')).value).toMatchObject({
    bound: '',
    switch: false,
    days: [],
    one: 0,
  })
})

test.each([
  ['#one', ['0-2', 'confirm'], ['change#one {"value":2}']],
  ['#one', ['0-0', 'cancel'], ['cancel#one {}']],
  ['#multi', ['1-0', 'confirm'], ['columnchange#multi {"column":1,"value":0}', 'change#multi {"value":[0,0]}']],
  ['#time', ['0-0', 'confirm'], ['change#time {"value":"08:30"}']],
  ['#time', ['0-14', 'confirm'], ['change#time {"value":"22:05"}']],
  ['#date', ['0-1', 'confirm'], ['change#date {"value":"2027-03-02"}']],
  ['#date', ['1-0', 'confirm'], ['change#date {"value":"2026-02-28"}']],
  ['#month', ['1-1', 'confirm'], ['change#month {"value":"2026-02"}']],
])('%s turned by %j answers %j', async (id, places, expected) => {
  const { tap, pick, log } = await driveComponents('fields')
  await tap(id)
  await pick(...places)
  expect((await log()).slice(-expected.length)).toEqual(expected)
})

test('columns that the app changes while the wheels turn are shown', async () => {
  const { tap, pick, log, text } = await driveComponents('fields')
  await tap('#multi')
  await pick('0-1')
  expect(await text('#picker-1-2')).toBe('泉州')
  await pick('1-2', 'confirm')
  expect((await log()).at(-1)).toBe('change#multi {"value":[1,2]}')
})

test('regions come with their codes, and the custom item with none', async () => {
  const { tap, pick, log } = await driveComponents('fields')
  await tap('#region')
  await pick('confirm')
  expect((await log()).at(-1)).toBe(
    'change#region {"value":["广东省","广州市","海珠区"],"code":["440000","440100","440105"],"postcode":""}',
  )
  await tap('#region')
  await pick('0-1', 'confirm')
  expect((await log()).at(-1)).toBe('change#region {"value":["北京市","全部","全部"],"code":["110000"],"postcode":""}')
})

test('a disabled picker stays closed', async () => {
  const { tap, page } = await driveComponents('fields')
  await tap('#closed')
  expect(await (await page()).$('#picker-confirm')).toBeNull()
})
