import { parseArgs } from 'node:util'
import { expect, test } from 'vitest'
import { hear as run } from '../testing/command-line.ts'
import { type Command, UsageError } from './command.ts'

const command = (run: Command['run']): Command => ({ options: '[--loud]', summary: 'greets', run })

test('a command gets what stands after its name, and its exit code is the exit code', async () => {
  const greet = command(async (args, print) => {
    print(`hello ${args.join(' ')}`)
    return 7
  })
  expect(await run(['greet', 'a', '--b'], { greet })).toEqual({ code: 7, out: ['hello a --b'], err: '' })
})

test.each([
  [[], ''],
  [['nonsense'], 'there is no command nonsense\n'],
  [['constructor'], 'there is no command constructor\n'],
])('%j prints every command and ends with 2', async (words, told) => {
  const greet = command(async () => 0)
  const { code, out, err } = await run(words, { greet, part: greet })
  expect({ code, out }).toEqual({ code: 2, out: [] })
  expect(err).toBe(`${told}usage: pnpm shouyin <command>\n  greet [--loud]   greets\n  part [--loud]    greets`)
})

test('long options stand on lines of their own', async () => {
  const { err } = await run([], {
    greet: { ...command(async () => 0), options: '[--a <something that is long enough>]' },
  })
  expect(err).toBe('usage: pnpm shouyin <command>\n  greet [--a <something that is long enough>]\n      greets')
})

test('a database that is away is named with the remedy, also where the error has no message', async () => {
  const away = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' })
  expect(await run(['list'], { list: command(() => Promise.reject(away)) })).toMatchObject({
    code: 1,
    err: 'the database does not answer (ECONNREFUSED); start it, or correct DATABASE_URL',
  })
})

test.each<[string, Command['run'], number]>([
  ['a misuse is 2 and shows how it is called', async () => Promise.reject(new UsageError('what is this?')), 2],
  ['so is one that parseArgs finds', async () => parseArgs({ args: ['--x'] }).positionals.length, 2],
  ['a failure is 1 and shows its message only', async () => Promise.reject(new Error('no database')), 1],
])('%s', async (_, fails, expected) => {
  const { code, err } = await run(['greet'], { greet: command(fails) })
  expect(code).toBe(expected)
  expect(err.includes('usage: pnpm shouyin')).toBe(expected === 2)
  expect(err).not.toContain(' at ')
})
