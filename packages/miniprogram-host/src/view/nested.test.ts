import { expect, test } from 'vitest'
import { driveComponents } from '../testing/components.ts'
import { until } from '../testing/fixture.ts'

test.each([
  ['bind before catch', '#inner', ['tap#outer', 'tap#inner']],
  ['catch before any bind', '#behind', ['tap#closed']],
  ['mut-bind only once', '#first', ['tap#first']],
])('a tap is heard on its way in and out: %s', async (_, id, expected) => {
  const { tap, log } = await driveComponents('nested')
  const before = (await log()).length
  await tap(id)
  expect((await log()).slice(before).map((line) => line.split(' ')[0])).toEqual(expected)
})

test('a finger that has left touches nothing any more', async () => {
  const { tap, log } = await driveComponents('nested')
  await tap('#touched')
  expect((await log()).slice(-2)).toEqual(['touchstart 1 1', 'touchend 0 1'])
})

test('a form collects a component that says it is a field, and what stands in its slot', async () => {
  const { tap, log } = await driveComponents('nested')
  await tap('#submit')
  expect((await log()).at(-1)).toBe('submit#form {"value":{"slotted":"插的","custom":"写的"}}')
})

test('an input with focus has it from the start', async () => {
  const { log } = await driveComponents('nested')
  expect(await until(log, (lines) => lines.length > 0)).toEqual(['focus#ready {"value":"","height":0}'])
})

test('quick taps open one picker', async () => {
  const { find, launched } = await driveComponents('nested')
  const picker = await find('#picker')
  await Promise.all([picker.tap(), picker.tap(), picker.tap()])
  const opened = () => launched.host.env.overlay.querySelectorAll('#picker-confirm').length
  expect(await until(opened, (count) => count > 0)).toBe(1)
})

test('a navigator goes to a page beside its own, and says when there is none', async () => {
  const { tap, mini, page } = await driveComponents('nested')
  const said: unknown[] = []
  mini.on('console', ({ args }: { args: unknown[] }) => said.push(...args))
  await tap('#nowhere')
  expect(
    await until(
      () => said,
      ({ length }) => length > 0,
    ),
  ).toEqual(['navigateTo:fail page "pages/none/index" is not found'])
  await tap('#there')
  expect(await page()).toMatchObject({ path: 'pages/shown/index', query: { id: '7' } })
})

test('a navigator to another mini-program asks first', async () => {
  const { tap, log } = await driveComponents('nested')
  await tap('#other')
  await tap('#jump-cancel')
  const heard = async () => (await log()).filter((line) => line.includes('#other'))
  expect(await until(heard, (lines) => lines.length > 0)).toEqual([
    'fail#other {"errMsg":"navigateToMiniProgram:fail cancel"}',
  ])
})
