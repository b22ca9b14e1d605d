import { expect, test } from 'vitest'
import { createSteady } from './steady.ts'

const startMs = Date.parse('2031-02-03T04:05:06.789Z')
const steady = createSteady(startMs)
const order = (at: number, number: string) =>
  JSON.stringify({ outTradeNo: number, createdAt: new Date(at).toISOString(), amountFen: 20_260_501 })

test('two runs on different days show the same times and numbers', () => {
  const other = createSteady(startMs + 987_654_321)
  const one = steady.text(order(startMs + 61_000, '01a1fd6b5aee'))
  expect(one).toBe(other.text(order(startMs + 987_654_321 + 200_000, 'fe0000000c1d')))
  expect(JSON.parse(one)).toEqual({
    outTradeNo: '123456789012',
    createdAt: '2026-05-01T01:40:00.000Z',
    amountFen: 20_260_501,
  })
})

test('days that passed in between stay between', () => {
  const { createdAt } = JSON.parse(steady.text(order(startMs + 2 * 86_400_000 + 5000, 'x')))
  expect(createdAt).toBe('2026-05-03T01:40:00.000Z')
})

test('a time whose milliseconds were dropped is none of the time before', () => {
  const { createdAt } = JSON.parse(steady.text(order(startMs - 789, 'x')))
  expect(createdAt).toBe('2026-05-01T01:40:00.000Z')
})

test('what was no time and no number stays', () => {
  const words = JSON.stringify({ note: '2026-05-01 was fine', outTradeNo: null, paidAt: null })
  expect(steady.text(words)).toBe(words)
})

test('the day with which a plan ends is as far off as it was, at whatever time of the day the gallery is made', () => {
  for (const time of ['00:05', '11:00', '23:55']) {
    const steady = createSteady(Date.parse(`2031-02-03T${time}:00+08:00`))
    const { overAt } = JSON.parse(steady.text('{"overAt":"2031-02-06T00:00:00+08:00"}'))
    expect(overAt).toBe('2026-05-03T16:00:00.000Z')
  }
})

test("the number on WeChat's page of a lesson is a fixed one", () => {
  const page = (value: string) => JSON.stringify({ rows: [{ label: '订单号', value }] })
  expect(steady.text(page('01a1fe35de88'))).toBe(page('123456789012'))
})
