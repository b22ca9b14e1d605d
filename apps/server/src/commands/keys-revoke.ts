import { systemClock } from '../kernel/clock.ts'
import { inTransaction } from '../kernel/db.ts'
import { revokeMerchantKey } from '../kernel/issue-merchant-key.ts'
import { isWellFormed } from '../kernel/merchant-key.ts'
import { isUuid } from '../kernel/page.ts'
import { type Command, UsageError } from './command.ts'
import { withDb } from './with-db.ts'

export const keysRevoke: Command = {
  options: '<id or key>',
  summary: 'refuse a key of the merchant API from now on, for ever',
  async run([idOrKey = '', ...others], print) {
    if (!(isUuid(idOrKey) || isWellFormed(idOrKey)) || others.length > 0) {
      throw new UsageError('give one id as keys:list shows it, or a whole key that got into wrong hands')
    }
    const id = await withDb((db) => inTransaction(db, (tx) => revokeMerchantKey(tx, idOrKey, systemClock.now())))
    if (id === undefined) throw new Error('there is no such key, or it is revoked already; see pnpm shouyin keys:list')
    print(`the key ${id} is refused from now on`)
    return 0
  },
}
