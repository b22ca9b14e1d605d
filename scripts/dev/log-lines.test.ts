import { expect, test } from 'vitest'
import { noteworthy } from './log-lines.ts'
import { weapp } from './services.ts'
import { readSettings } from './settings.ts'

test.each([
  ['{"level":30,"msg":"request completed"}', undefined],
  ['{"level":40,"msg":"slow query"}', 'slow query'],
  ['{"level":50,"msg":"job failed","err":{"message":"no route to host"}}', 'job failed: no route to host'],
  ['{"level":50,"msg":"ALARM","kind":"refund_abnormal","outRefundNo":"R1"}', 'ALARM: refund_abnormal R1'],
  ['{"level":"info","msg":"no error"}', undefined],
  ['{"level":"warn","msg":"slow query"}', 'slow query'],
  ['{"error":"of a client"}', '{"error":"of a client"}'],
  ['{"level":50', undefined],
  ['listening on 8701', undefined],
  ['  Error: boom', 'Error: boom'],
  ['(node:1) Warning: a listener leaks', '(node:1) Warning: a listener leaks'],
  ['', undefined],
])('%s', (line, shown) => {
  expect(noteworthy(line)).toBe(shown)
})

test.each([
  ['✔ Webpack: Compiled successfully in 3.22s', false],
  ['▲ [WARNING] Unrecognized target environment', false],
  ['Error: chunk common [mini-css-extract-plugin]', false],
  ['✔ Webpack: Compiled with some errors in 2.77s', true],
  ['SyntaxError: index.tsx: Unexpected token (77:10)', true],
])('of the build, "%s" is shown: %s', (line, shown) => {
  expect(noteworthy(line, weapp(readSettings([], {})).trouble) !== undefined).toBe(shown)
})
