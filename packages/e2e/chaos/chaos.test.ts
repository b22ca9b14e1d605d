import { expect, test } from 'vitest'
import { readOptions, UsageError } from './options.ts'
import { Random } from './random.ts'
import { runChaos } from './run.ts'

const PAYMENTS = 120
const KILLS = 4

test('two servers, a database and WeChat Pay break while people pay: afterwards both books agree to the fen', async () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const lines: string[] = []
  const { violations, books, kills } = await runChaos({ payments: PAYMENTS, seed, kills: KILLS }, (line) =>
    lines.push(line),
  )
  expect(violations, `pnpm chaos --payments ${PAYMENTS} --seed ${seed} --kills ${KILLS}`).toEqual([])
  expect(books.orders.length).toBeGreaterThanOrEqual(PAYMENTS)
  expect(books.movements.length).toBeGreaterThan(PAYMENTS / 2)
  expect(books.lessons.filter(({ state }) => state === 'paid').length).toBeGreaterThan(0)
  expect(books.lessons.filter(({ state }) => state === 'cancelled').length).toBeGreaterThan(0)
  expect(books.cards.filter(({ state }) => state === 'finished').length).toBeGreaterThan(0)
  expect(books.cards.filter(({ state }) => state === 'paid').length).toBeGreaterThan(0)
  expect(kills.servers + kills.databases).toBe(KILLS)
}, 240_000)

test.each([
  [['--payments', '0'], '--payments must be a whole number from 1 to 1000000, not "0"'],
  [['--payments', 'many'], '--payments'],
  [['--seed', '-1'], '--seed'],
  [['--kills', '1.5'], '--kills must be a whole number from 0 to 10000, not "1.5"'],
  [['--speed', '2'], '--speed'],
  [['twice'], 'twice'],
])('%j is refused by the name of what is wrong', (argv, named) => {
  expect(() => readOptions(argv)).toThrow(UsageError)
  expect(() => readOptions(argv)).toThrow(named)
})

test('a seed makes the same choices again', () => {
  const choices = (seed: number) => {
    const random = new Random(seed)
    return Array.from({ length: 100 }, () => [
      random.between(1, 6),
      random.weighted({ a: 1, b: 3 }),
      random.chance(0.5),
    ])
  }
  expect(choices(7)).toEqual(choices(7))
  expect(choices(7)).not.toEqual(choices(8))
})
