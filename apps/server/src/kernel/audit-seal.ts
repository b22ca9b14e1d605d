import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Ctx } from './context.ts'
import { inTransaction } from './db.ts'

const BATCH = 500
const NOTHING = Buffer.alloc(32)

/** What is sealed of an entry; connections of ours speak UTC. */
const content = sql<string>`jsonb_build_array(audit_entry.id, at, person, key_id, action, subject, detail, request_id)::text`

const seal = (before: Buffer, text: string): Buffer => createHash('sha256').update(before).update(text).digest()

/**
 * Chains new entries to the old ones. The last hash is logged: whoever rewrites the whole chain does not rewrite the
 * log too. Apart from writing entries, which so do not wait for each other.
 * @returns how many were sealed
 */
export function sealAudit({ db, log }: Ctx): Promise<number> {
  return inTransaction(db, async (tx) => {
    await sql`lock table audit_seal in exclusive mode`.execute(tx)
    const last = await tx
      .selectFrom('audit_seal')
      .select('sha256')
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const entries = await tx
      .selectFrom('audit_entry')
      .leftJoin('audit_seal', 'audit_seal.entry_id', 'audit_entry.id')
      .select(['audit_entry.id', content.as('text')])
      .where('audit_seal.entry_id', 'is', null)
      .orderBy('audit_entry.id')
      .limit(BATCH)
      .execute()
    let sha256 = last?.sha256 ?? NOTHING
    const seals = entries.map(({ id, text }) => {
      sha256 = seal(sha256, text)
      return { entry_id: id, sha256 }
    })
    if (seals.length === 0) return 0
    await tx.insertInto('audit_seal').values(seals).execute()
    log.info({ count: seals.length, sha256: sha256.toString('hex') }, 'audit sealed')
    return seals.length
  })
}

export interface AuditVerdict {
  readonly entries: number
  /** As it is logged at every sealing. */
  readonly lastSha256: string
  /** Ids of entries that are not what was sealed. */
  readonly changed: readonly string[]
}

/** Computes the chain again. One changed entry is one that is named: the next is measured by the stored hash. */
export async function verifyAudit(db: Kysely<Database>): Promise<AuditVerdict> {
  const changed: string[] = []
  let [entries, number, before] = [0, 0, NOTHING as Buffer]
  for (;;) {
    const seals = await db
      .selectFrom('audit_seal')
      .leftJoin('audit_entry', 'audit_entry.id', 'audit_seal.entry_id')
      .select(['number', 'entry_id', 'sha256', content.as('text')])
      .where('number', '>', number)
      .orderBy('number')
      .limit(BATCH)
      .execute()
    for (const { entry_id, sha256, text } of seals) {
      if (!seal(before, text).equals(sha256)) changed.push(entry_id)
      before = sha256
    }
    entries += seals.length
    number = seals.at(-1)?.number ?? number
    if (seals.length < BATCH) return { entries, lastSha256: before.toString('hex'), changed }
  }
}

/** Every day, so that a change behind our back does not stay unseen. */
export async function watchAudit({ db, alarm }: Ctx): Promise<number> {
  const { changed } = await verifyAudit(db)
  if (changed.length > 0) alarm('audit_changed', { count: changed.length, problem: changed.slice(0, 5).join(', ') })
  return 0
}
