import { beforeAll, expect, test } from 'vitest'
import { explain, sentences } from './explain.ts'
import { type Drill, drillRestore } from './restore.ts'

let drill: Drill
beforeAll(async () => {
  drill = await drillRestore(18, () => undefined)
})

test.each(Object.entries(sentences))('%s', (_, holds) => {
  expect(holds(drill)).toEqual([])
})

test('what the bills leave open is what a person is shown, and what the gauge says', () => {
  expect(drill.unreconciledFen).toBeGreaterThanOrEqual(drill.sales.orderLost.amountFen)
  expect(drill.differences.map(({ kind }) => kind)).toContain('payment_missing_here')
})

test('books that forgot more than that are not explained away', () => {
  const { id, outTradeNo } = drill.sales.kept
  const orders = drill.billed.orders.filter((order) => order.id !== id)
  const charge = drill.billed.charges.find((one) => one.outTradeNo === outTradeNo)
  const movements = drill.billed.movements.filter(({ chargeId }) => chargeId !== charge?.id)
  const { wrong } = explain({
    ...drill,
    restored: { ...drill.restored, orders },
    billed: { ...drill.billed, movements },
  })
  expect(wrong.map((line) => line.split(':')[0])).toEqual([
    'the restored books are whole',
    'what happened before the moment is there, what happened after it is not',
    'every fen by which the books differ is named by a difference',
    'nothing was collected, granted or given back twice',
  ])
})
