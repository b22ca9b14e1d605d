import { parseArgs } from 'node:util'

export interface ChaosOptions {
  readonly payments: number
  readonly seed: number
  readonly kills: number
  /** Sources of the server that is to be broken; default: the real ones. */
  readonly serverMain?: string
}

const usage = `usage: pnpm chaos --payments N --seed S [--kills K]
  --payments  how many orders people try to pay, 1 to 1000000 (default 1000)
  --seed      what they do and what goes wrong, 0 to 4294967295 (default: a new one, printed)
  --kills     SIGKILLs of servers and of the database (default: one for 200 payments)`

/** @throws UsageError naming the option */
export function readOptions(argv: readonly string[]): ChaosOptions {
  const given = parse(argv)
  const payments = whole('--payments', given.payments, 1, 1_000_000, 1000)
  return {
    payments,
    seed: whole('--seed', given.seed, 0, 2 ** 32 - 1, Math.floor(Math.random() * 2 ** 32)),
    kills: whole('--kills', given.kills, 0, 10_000, Math.ceil(payments / 200)),
  }
}

export class UsageError extends Error {}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...argv], options: { payments: text, seed: text, kills: text } }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`)
  }
}

function whole(name: string, given: string | undefined, min: number, max: number, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= min && value <= max) return value
  throw new UsageError(`${name} must be a whole number from ${min} to ${max}, not "${given}"\n${usage}`)
}
