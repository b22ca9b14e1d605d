import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { scopes } from '@shouyin/contracts/merchant'
import type { KeyHolder, ServerCtx } from './context.ts'
import { AppError } from './errors.ts'

/** Use is noted this coarsely: not every request should write. */
const NOTE_USE_MS = 60_000

/** `sk_shouyin_`, 256 random bits and a checksum, in hex: found by secret scanners, and a typo needs no query. */
const PATTERN = /^(sk_shouyin_[0-9a-f]{64})([0-9a-f]{8})$/

export function newMerchantKey(): string {
  const head = `sk_shouyin_${randomBytes(32).toString('hex')}`
  return head + checksum(head)
}

export function isWellFormed(key: string): boolean {
  const [, head, tail] = PATTERN.exec(key) ?? []
  return head !== undefined && checksum(head) === tail
}

export const hashMerchantKey = (key: string): Buffer => createHash('sha256').update(key).digest()

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0')

const refusals = {
  missing: 'send Authorization: Bearer <merchant key>; pnpm shouyin keys:create makes one',
  malformed: 'this is no merchant key, or one with a typo: it is sk_shouyin_ and 72 hex digits',
  unknown: 'no such merchant key',
  revoked: 'this merchant key was revoked; pnpm shouyin keys:create makes another',
  expired: 'this merchant key has expired; pnpm shouyin keys:create makes another',
} as const

/** Whose merchant key this is. @throws AppError UNAUTHENTICATED that says what is wrong with it */
export async function authenticateMerchant(
  ctx: Pick<ServerCtx, 'db' | 'clock' | 'metrics'>,
  authorization: string | undefined,
): Promise<KeyHolder> {
  const found = await look(ctx, authorization)
  ctx.metrics.merchantKeys.inc({ result: typeof found === 'string' ? found : 'ok' })
  if (typeof found === 'string') throw new AppError('UNAUTHENTICATED', refusals[found])
  return found
}

async function look(
  { db, clock }: Pick<ServerCtx, 'db' | 'clock'>,
  authorization: string | undefined,
): Promise<KeyHolder | keyof typeof refusals> {
  const key = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  if (key === undefined) return 'missing'
  if (!isWellFormed(key)) return 'malformed'
  const now = clock.now()
  const row = await db
    .selectFrom('merchant_key')
    .select(['id', 'person', 'scopes', 'expires_at', 'revoked_at', 'last_used_at'])
    .where('key_sha256', '=', hashMerchantKey(key))
    .executeTakeFirst()
  if (!row) return 'unknown'
  if (row.revoked_at) return 'revoked'
  if (row.expires_at && row.expires_at <= now) return 'expired'
  if (!row.last_used_at || row.last_used_at.getTime() < now.getTime() - NOTE_USE_MS) {
    await db.updateTable('merchant_key').set({ last_used_at: now }).where('id', '=', row.id).execute()
  }
  return { keyId: row.id, person: row.person, scopes: scopes.filter((scope) => row.scopes.includes(scope)) }
}
