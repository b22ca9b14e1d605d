import { expect, test } from 'vitest'
import { createLogger } from './log.ts'
import { lookAfter } from './look-after.ts'

const lines: string[] = []
const ctx = { log: createLogger('info', { write: (line) => lines.push(line) }) }

test('what goes wrong with one row is logged, and the others are looked after', async () => {
  const seen: number[] = []
  const look = async (row: number) => {
    if (row === 2) throw new Error('broken')
    seen.push(row)
    return true
  }
  await expect(lookAfter(ctx, [1, 2, 3], look, { goesOn: true })).resolves.toBe(3)
  expect(seen).toEqual([1, 3])
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['sweep failed'])
})

test.each([
  [false, true, true],
  [false, false, false],
  [true, true, false],
])('answered %s, more to do %s: the next round waits %s', async (answered, goesOn, waits) => {
  let isOver = false
  const round = lookAfter(ctx, [1], async () => answered, { goesOn }).then(() => {
    isOver = true
  })
  // Longer than the look itself, shorter than the pause.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  expect(isOver).toBe(!waits)
  await round
})
