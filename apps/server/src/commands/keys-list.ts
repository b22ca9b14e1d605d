import type { Selectable } from 'kysely'
import { systemClock } from '../kernel/clock.ts'
import type { MerchantKeyTable } from '../kernel/merchant-key.table.ts'
import { type Command, UsageError } from './command.ts'
import { withDb } from './with-db.ts'

export const keysList: Command = {
  options: '',
  summary: 'whose keys of the merchant API there are, and what they may do',
  async run(args, print) {
    if (args.length > 0) throw new UsageError(`keys:list takes no ${args[0]}`)
    const rows = await withDb((db) => db.selectFrom('merchant_key').selectAll().orderBy('id').execute())
    const now = systemClock.now()
    for (const row of rows) {
      print(`${row.id}  ${row.person} (${row.name})  ${stateOf(row, now)}`)
      print(`  ${row.scopes.join(', ')}`)
      print(`  made ${day(row.created_at)}, expires ${day(row.expires_at)}, last used ${day(row.last_used_at)}`)
    }
    if (rows.length === 0) print('there are no keys; pnpm shouyin keys:create makes one')
    return 0
  },
}

function stateOf({ revoked_at, expires_at }: Selectable<MerchantKeyTable>, now: Date): string {
  if (revoked_at) return `revoked ${day(revoked_at)}`
  return expires_at && expires_at <= now ? 'expired' : 'valid'
}

const day = (time: Date | null): string => time?.toISOString().slice(0, 10) ?? 'never'
