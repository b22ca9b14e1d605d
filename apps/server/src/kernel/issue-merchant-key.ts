import { randomUUIDv7 } from 'node:crypto'
import type { Scope } from '@shouyin/contracts/merchant'
import { recordAudit } from './audit.ts'
import type { Tx } from './db.ts'
import { hashMerchantKey, newMerchantKey } from './merchant-key.ts'
import { isUuid } from './page.ts'

export interface NewMerchantKey {
  readonly person: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: Date | null
}

/** Whoever works at the command line; no key can be made out to that name. */
export const CLI_PERSON = 'cli'

/** @returns the key itself, for the only time: we keep its hash */
export async function issueMerchantKey(
  tx: Tx,
  { person, name, scopes, expiresAt }: NewMerchantKey,
  now: Date,
): Promise<{ readonly id: string; readonly key: string }> {
  const [id, key] = [randomUUIDv7(), newMerchantKey()]
  await tx
    .insertInto('merchant_key')
    .values({
      id,
      person,
      name,
      key_sha256: hashMerchantKey(key),
      scopes: [...scopes],
      created_at: now,
      created_by: CLI_PERSON,
      expires_at: expiresAt,
    })
    .execute()
  const detail = { person, name, scopes, expiresAt: expiresAt?.toISOString() ?? null }
  await recordAudit(tx, { ...byCli, action: 'key.create', subject: id, detail }, now)
  return { id, key }
}

/** It is refused from the next request on, for ever. @returns its id; undefined: no such key, or revoked before */
export async function revokeMerchantKey(tx: Tx, idOrKey: string, now: Date): Promise<string | undefined> {
  const row = await tx
    .updateTable('merchant_key')
    .set({ revoked_at: now })
    .where((eb) => (isUuid(idOrKey) ? eb('id', '=', idOrKey) : eb('key_sha256', '=', hashMerchantKey(idOrKey))))
    .where('revoked_at', 'is', null)
    .returning(['id', 'person', 'name'])
    .executeTakeFirst()
  if (!row) return undefined
  const { id, ...detail } = row
  await recordAudit(tx, { ...byCli, action: 'key.revoke', subject: id, detail }, now)
  return id
}

const byCli = { person: CLI_PERSON, keyId: null, requestId: null } as const
