import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellLines } from './services.ts'

test('a shell reads the settings of the server as they are, whatever characters they have', () => {
  const env = { NAME: "O'Neill & 收银", URL: 'postgres://a:b$c@127.0.0.1/x', EMPTY: '' }
  const script = `${shellLines(env)}printf '%s|%s|%s' "$NAME" "$URL" "$EMPTY"`
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${env.NAME}|${env.URL}|`)
})
