import { parseArgs } from 'node:util'
import { scopes as allScopes, type Scope } from '@shouyin/contracts/merchant'
import { systemClock } from '../kernel/clock.ts'
import { inTransaction, type Tx } from '../kernel/db.ts'
import { CLI_PERSON, issueMerchantKey } from '../kernel/issue-merchant-key.ts'
import { type Command, UsageError } from './command.ts'
import { withDb } from './with-db.ts'

const DAY_MS = 86_400_000
const DAYS_MAX = 3650
const CHARACTERS_MAX = 64
/** Control and format characters, and half pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

const options = {
  person: { type: 'string' },
  scopes: { type: 'string' },
  name: { type: 'string', default: 'unnamed' },
  expires: { type: 'string' },
} as const

export const keysCreate: Command = {
  options: '--person <name> --scopes <scope,…>|all [--name <name>] [--expires <days>]',
  summary: 'make a key for the merchant API and print it, once',
  async run(args, print) {
    const { values } = parseArgs({ args: [...args], options })
    const person = readName('--person', values.person)
    if (fold(person) === CLI_PERSON) throw new UsageError(`--person ${person} is what the audit calls this command`)
    const name = readName('--name', values.name)
    const scopes = readScopes(values.scopes)
    const days = readDays(values.expires)
    const now = systemClock.now()
    const expiresAt = days === undefined ? null : new Date(now.getTime() + days * DAY_MS)
    const { id, key } = await withDb((db) =>
      inTransaction(db, async (tx) => {
        await refuseLookAlike(tx, person)
        return issueMerchantKey(tx, { person, name, scopes, expiresAt }, now)
      }),
    )
    print(`id       ${id}`)
    print(`person   ${person}`)
    print(`scopes   ${scopes.join(', ')}`)
    print(`expires  ${expiresAt?.toISOString() ?? 'never'}`)
    print(`key      ${key}`)
    print('Keep it now: it is not shown again.')
    return 0
  },
}

/** One spelling a name: full width, double spaces and what nobody sees would make a second person of the first. */
function readName(option: string, value = ''): string {
  const name = value.normalize('NFKC').trim().replace(/ +/g, ' ')
  if (name !== '' && [...name].length <= CHARACTERS_MAX && !UNSEEN.test(name)) return name
  throw new UsageError(`${option} must be a name of 1 to ${CHARACTERS_MAX} characters that can be seen`)
}

/** Zhang is zhang: with a key of each, one person would approve what he proposed. */
async function refuseLookAlike(tx: Tx, person: string): Promise<void> {
  const known = await tx.selectFrom('merchant_key').select('person').distinct().execute()
  const same = known.find((key) => key.person !== person && fold(key.person) === fold(person))?.person
  if (same === undefined) return
  throw new UsageError(`--person ${person}: there is ${same} already; write it the same way, or name another person`)
}

/** Letters and digits only: wang.fang is wangfang. */
const fold = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function readScopes(value = ''): readonly Scope[] {
  const help = `give --scopes all, or some of: ${allScopes.join(',')}`
  if (value === 'all') return allScopes
  const names = value.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !allScopes.some((scope) => scope === name))
  if (value.trim() === '') throw new UsageError(`--scopes is missing; ${help}`)
  if (unknown.length > 0) throw new UsageError(`--scopes: there is no scope ${unknown.join(', ')}; ${help}`)
  return allScopes.filter((scope) => names.includes(scope))
}

function readDays(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const days = /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (days >= 1 && days <= DAYS_MAX) return days
  throw new UsageError(`--expires must be a number of days from 1 to ${DAYS_MAX}`)
}
