import { describe, expect, test } from 'vitest'
import { readArguments, UsageError } from './env.ts'

describe('the command line', () => {
  test('has defaults', () => {
    expect(readArguments([])).toEqual({ port: 8701, host: '127.0.0.1' })
  })

  test('is read, also behind the `--` that pnpm passes on', () => {
    const expected = { port: 0, host: '::1', dataFile: 'x.json' }
    const args = ['--port', '0', '--host', '::1', '--data', 'x.json']
    expect(readArguments(args)).toEqual(expected)
    expect(readArguments(['--', ...args])).toEqual(expected)
    expect(readArguments(['--port=9', '-h'])).toBe('help')
  })

  test.each([
    [['--port', 'x'], '--port x'],
    [['--port', '65536'], '--port 65536'],
    [['--port', ''], '--port'],
    [['--port'], '--port'],
    [['--data', ''], '--data is empty'],
    [['--host', ''], '--host is empty'],
    [['--colour'], '--colour'],
    [['stray'], 'stray'],
  ])('%j is refused, naming the option', (args, words) => {
    expect(() => readArguments(args)).toThrow(UsageError)
    expect(() => readArguments(args)).toThrow(words)
  })
})
