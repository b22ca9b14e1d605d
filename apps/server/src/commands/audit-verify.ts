import { verifyAudit } from '../kernel/audit-seal.ts'
import { type Command, UsageError } from './command.ts'
import { withDb } from './with-db.ts'

export const auditVerify: Command = {
  options: '',
  summary: 'find entries of the audit that are not what was written',
  async run(args, print) {
    if (args.length > 0) throw new UsageError(`audit:verify takes no ${args[0]}`)
    const { entries, lastSha256, changed } = await withDb(verifyAudit)
    for (const id of changed) print(`entry ${id} was changed, or what stood before it is gone`)
    print(`${entries} sealed entries; the last "audit sealed" in the log must say ${lastSha256}`)
    return changed.length > 0 ? 1 : 0
  },
}
