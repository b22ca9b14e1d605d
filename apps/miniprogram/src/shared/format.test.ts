import { expect, test } from 'vitest'
import { dayAndTime, plainYuan, spokenYuan, yuan } from './format.ts'

test.each([
  [0, '¥0.00'],
  [1, '¥0.01'],
  [10, '¥0.10'],
  [100, '¥1.00'],
  [1990, '¥19.90'],
  [99_999, '¥999.99'],
  [100_000, '¥1,000.00'],
  [9_999_999, '¥99,999.99'],
  [100_000_000_000, '¥1,000,000,000.00'],
])('%i fen reads %s', (fen, text) => {
  expect(yuan(fen)).toBe(text)
})

test('no amount loses or gains a fen between the number and the text', () => {
  for (let fen = 0; fen <= 9_999_999; fen += 97) {
    expect(Number(plainYuan(fen).replace('.', ''))).toBe(fen)
    expect(yuan(fen).replace(/[¥,]/g, '')).toBe(plainYuan(fen))
  }
})

test.each([
  [1, '0.01元'],
  [9900, '99元'],
  [123_450, '1234.50元'],
  [9_999_999, '99999.99元'],
])('%i fen are read out as %s', (fen, words) => {
  expect(spokenYuan(fen)).toBe(words)
})

test('a time is shown as in Shanghai, wherever the phone is', () => {
  expect(dayAndTime('2026-11-21T09:05:00+08:00')).toBe('11月21日 09:05')
  expect(dayAndTime('2026-12-31T16:30:00Z')).toBe('1月1日 00:30')
})

test('what is no time shows nothing', () => {
  expect(dayAndTime('soon')).toBe('')
})
