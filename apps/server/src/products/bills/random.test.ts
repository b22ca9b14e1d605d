import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Charge } from '../../ledger/table.ts'
import { type Books, openBooks } from '../../testing/books.ts'
import { addDays } from './days.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
}, 120_000)
afterAll(() => books?.close())

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A day of payments, some refunded in parts, some refunds on their way over midnight. */
async function liveThrough(random: () => number): Promise<string> {
  await books.goTo('12:00:00')
  const day = books.today()
  const sold: Charge[] = []
  for (let i = 0; i < 6; i++) sold.push(await books.sell())
  const asked = []
  for (const charge of sold.filter(() => random() < 0.6)) {
    asked.push(await books.refund(charge, 1 + Math.floor(random() * 2900)))
    if (random() < 0.4) {
      await books.advance(61)
      asked.push(await books.refund(charge, 1 + Math.floor(random() * 2900)))
    }
  }
  if (random() < 0.5) await books.goTo('00:00:10')
  else await books.advance(30)
  for (const refund of asked) await books.askRefund(refund)
  return day
}

const sum = (fen: readonly number[]) => fen.reduce((total, one) => total + one, 0)

/** The mornings after a day and after the next one. */
async function reconcileTwice(day: string): Promise<void> {
  await books.goTo('10:31:00', addDays(day, 1))
  await books.run()
  await books.reconcile()
}

describe.each([1, 2, 3])('a random day (seed %i)', (seed) => {
  const random = randomOf(seed)

  test('has no difference', async () => {
    const day = await liveThrough(random)
    await reconcileTwice(day)
    expect(await differencesSince(day)).toEqual([])
  })

  test('of which the bill loses some rows has just these, to the fen', async () => {
    const day = await liveThrough(random)
    const { rows } = await books.simulated.call<{ rows: Row[] }>('GET', `/bills/${day}`)
    const lost = rows.filter(() => random() < 0.4)
    await books.edit(day, {
      drop: lost.map(({ refund, transactionId }) => (refund ? { outRefundNo: refund.outRefundNo } : { transactionId })),
    })
    await reconcileTwice(day)
    const found = await differencesSince(day)
    expect(found.map(({ reference }) => reference).sort()).toEqual(
      lost.map(({ refund, transactionId }) => refund?.refundId ?? transactionId).sort(),
    )
    expect(lost.length).toBeGreaterThan(0)
    expect(sum(found.map(({ delta_fen }) => delta_fen))).toBe(
      sum(lost.map(({ refund, orderFen }) => (refund ? refund.appliedFen : -orderFen))),
    )
  })
})

interface Row {
  readonly transactionId: string
  readonly orderFen: number
  readonly refund: { readonly refundId: string; readonly outRefundNo: string; readonly appliedFen: number } | null
}

/** A refund that arrived the day after is missed on that day. */
const differencesSince = async (day: string) => [
  ...(await books.differences(day)),
  ...(await books.differences(addDays(day, 1))),
]
