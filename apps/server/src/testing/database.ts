import { randomUUID } from 'node:crypto'
import { createTestDatabase } from '@shouyin/dev-postgres'
import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../database.ts'
import { createDb } from '../kernel/db.ts'
import { migrate } from '../migrate.ts'

export interface TestDb {
  readonly db: Kysely<Database>
  readonly url: string
  close(): Promise<void>
}

/** A migrated database of its own. */
export async function openTestDb(version?: 15 | 18): Promise<TestDb> {
  const template = { name: 'domain', migrate: async (url: string) => void (await migrate(url)) }
  const database = await createTestDatabase({ template, ...(version !== undefined && { version }) })
  const db = createDb(database.url)
  return {
    db,
    url: database.url,
    async close() {
      await db.destroy()
      await database.drop()
    },
  }
}

/** An order over `amountFen` that waits for its money. */
export async function insertOrder(
  db: Kysely<Database>,
  {
    id = randomUUID(),
    userId = randomUUID(),
    amountFen = 100,
    discountFen = 0,
    now = new Date(),
    ttlSeconds = 1800,
  } = {},
) {
  return db
    .insertInto('orders')
    .values({
      id,
      user_id: userId,
      mchid: '1900000001',
      appid: 'wx0000000000000001',
      openid: 'oPayer',
      amount_fen: amountFen,
      discount_fen: discountFen,
      discount_name: discountFen > 0 ? '先享卡' : null,
      description: '收银体育馆-单次游泳票',
      attach: `order:${id}`,
      created_at: now,
      expires_at: new Date(now.getTime() + ttlSeconds * 1000),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Matches an error of PostgreSQL by its SQLSTATE and constraint, never by its words. */
export const refusal = (code: string, constraint?: string) =>
  expect.objectContaining({ code, ...(constraint !== undefined && { constraint }) })
