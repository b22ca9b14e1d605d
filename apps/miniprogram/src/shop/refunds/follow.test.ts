import { expect, test } from 'vitest'
import { createFollower, pausesMs } from './follow.ts'

/** A page whose time passes by hand. `answers`: whether money still moves, question by question. */
function openPage(answers: boolean[]) {
  const pauses: { ms: number; end: () => void }[] = []
  let asked = 0
  const follower = createFollower({
    ask: async () => {
      asked += 1
      return answers.shift() ?? true
    },
    pause: (ms) => new Promise((resolve) => pauses.push({ ms, end: resolve })),
  })
  return {
    ...follower,
    pauses,
    asked: () => asked,
    /** Lets the youngest pause end, and what it leads to happen. */
    async pass() {
      pauses[pauses.length - 1]?.end()
      await new Promise(setImmediate)
    },
  }
}

test('while money moves it asks a few times, slower each time, and then no more', async () => {
  const page = openPage([])
  const over = page.enter()
  for (const _ of pausesMs) await page.pass()
  await over
  expect(page.pauses.map(({ ms }) => ms)).toEqual([...pausesMs])
  expect([...pausesMs].sort((a, b) => a - b)).toEqual([...pausesMs])
  expect(page.asked()).toBe(pausesMs.length)
})

test('it stops as soon as nothing moves any more', async () => {
  const page = openPage([true, false])
  const over = page.enter()
  await page.pass()
  await page.pass()
  await over
  expect([page.asked(), page.pauses.length]).toEqual([2, 2])
})

test('a hidden page asks nothing, whatever was planned', async () => {
  const page = openPage([])
  const over = page.enter()
  await page.pass()
  page.leave()
  await page.pass()
  await over
  expect(page.asked()).toBe(1)
})

test('a page that is shown again asks at once, and only once at a time', async () => {
  const page = openPage([])
  const first = page.enter()
  await page.pass()
  const second = page.enter()
  page.pauses[1]?.end()
  await first
  expect(page.asked()).toBe(1)
  await page.pass()
  expect(page.asked()).toBe(2)
  expect(page.pauses.map(({ ms }) => ms)).toEqual([0, 3000, 0, 3000])
  page.leave()
  await page.pass()
  await second
})
