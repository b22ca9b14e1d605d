import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { readDatabaseUrl } from '../env.ts'
import { createDb } from '../kernel/db.ts'

/** Runs `use` with the database of DATABASE_URL. @throws Error with the remedy when it is not migrated */
export async function withDb<T>(use: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  const db = createDb(readDatabaseUrl(), { maxConnections: 1 })
  try {
    return await use(db)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === UNDEFINED_TABLE) {
      throw new Error('the database is not of this version; run: pnpm shouyin migrate', { cause: error })
    }
    throw error
  } finally {
    await db.destroy()
  }
}

const UNDEFINED_TABLE = '42P01'
