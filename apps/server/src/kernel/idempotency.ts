import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Ctx, MerchantCtx, RequestInfo, ShopperCtx } from './context.ts'
import { inTransaction, type Tx } from './db.ts'
import { anyOf, DELETE_BATCH } from './delete-batch.ts'
import { AppError } from './errors.ts'

const KEPT_MS = 72 * 3_600_000

/**
 * Runs `make` once per caller and Idempotency-Key, and remembers its answer in the same transaction. The same request
 * again gets that answer; while the first one runs, it waits. A request that failed did nothing and is not remembered.
 * @throws AppError IDEMPOTENCY_KEY_REUSED when the key came with another request within 72 h
 */
export async function once<Answer extends object>(
  ctx: (ShopperCtx | MerchantCtx) & RequestInfo,
  input: object,
  make: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const { idempotencyKey: key, operation } = ctx
  if (key === undefined) throw new TypeError(`${operation} does not declare idempotent`)
  const request_sha256 = createHash('sha256')
    .update(`${operation}\n${JSON.stringify(input)}`)
    .digest()
  return inTransaction(ctx.db, async (tx) => {
    const row = { owner: ownerOf(ctx), key, request_sha256, answer: null, created_at: ctx.clock.now() }
    if (await claim(tx, row)) {
      const answer = await make(tx)
      await tx
        .updateTable('idempotency_key')
        .set({ answer: JSON.stringify(answer) })
        .where('owner', '=', row.owner)
        .where('key', '=', key)
        .execute()
      return answer
    }
    return firstAnswer<Answer>(tx, row)
  })
}

/** A person, not a key: a program that got another key in between sends the same request, not a second one. */
const ownerOf = (ctx: ShopperCtx | MerchantCtx): string =>
  'merchant' in ctx ? `person ${ctx.merchant.person}` : ctx.actor.userId

type Claim = Readonly<{ owner: string; key: string; request_sha256: Buffer; answer: null; created_at: Date }>

/** True for the first; the others wait here for its transaction, because they insert the same primary key. */
async function claim(tx: Tx, row: Claim): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency_key')
    .values(row)
    .onConflict((oc) =>
      oc
        .columns(['owner', 'key'])
        .doUpdateSet({ request_sha256: row.request_sha256, answer: null, created_at: row.created_at })
        .where('idempotency_key.created_at', '<=', oldest(row.created_at)),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

async function firstAnswer<Answer>(tx: Tx, { owner, key, request_sha256 }: Claim): Promise<Answer> {
  const first = await tx
    .selectFrom('idempotency_key')
    .select(['request_sha256', 'answer'])
    .where('owner', '=', owner)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (first.request_sha256.equals(request_sha256)) return first.answer as Answer
  throw new AppError('IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key came with another request; make a new one')
}

/** A batch of them. @returns how many keys were old enough to be forgotten; call again until 0 */
export async function forgetKeys({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<number> {
  const old = db
    .selectFrom('idempotency_key')
    .select(sql`ctid`.as('ctid'))
    .where('created_at', '<=', oldest(clock.now()))
    .limit(DELETE_BATCH)
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db.deleteFrom('idempotency_key').where(anyOf(old)).executeTakeFirst()
  return Number(numDeletedRows)
}

const oldest = (now: Date): Date => new Date(now.getTime() - KEPT_MS)
