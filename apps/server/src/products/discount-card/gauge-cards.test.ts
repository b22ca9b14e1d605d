import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMetrics } from '../../kernel/metrics.ts'
import { type Cards, openCards } from '../../testing/cards.ts'
import { noOpenApi } from '../../testing/context.ts'
import { cardGauges } from './gauge-cards.ts'

let cards: Cards
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterAll(() => cards?.close())

const read = () => cardGauges.read({ ...cards.ctx, metrics: createMetrics(), openApi: noOpenApi })
const of = (state: string, value: number) => ({ labels: { state }, value })

test('gauges show what WeChat Pay was not told yet, and for how long that has waited', async () => {
  const held = await cards.taken()
  expect(await read()).toMatchObject({
    shouyin_card_records: [of('waiting', 0), of('sending', 0), of('refused', 0)],
    shouyin_card_record_oldest_seconds: 0,
    shouyin_sweep_lag_seconds: [{ labels: { sweep: 'discount-card' }, value: 0 }],
  })
  await cards.buy(held.shopper)
  await cards.advance(60)
  const waiting = await read()
  expect(waiting.shouyin_card_records).toEqual([of('waiting', 2), of('sending', 0), of('refused', 0)])
  expect(waiting.shouyin_card_record_oldest_seconds).toBeGreaterThanOrEqual(60)
  expect(waiting.shouyin_sweep_lag_seconds[0]?.value).toBeGreaterThanOrEqual(50)
  await cards.sweep()
  expect(await read()).toMatchObject({
    shouyin_card_records: [of('waiting', 0), of('sending', 0), of('refused', 0)],
    shouyin_card_record_oldest_seconds: 0,
  })
})
