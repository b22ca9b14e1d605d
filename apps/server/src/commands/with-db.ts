import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { readDatabaseUrl } from '../env.ts'
import { createDb, isTransient } from '../kernel/db.ts'

/** Runs `use` with the database of DATABASE_URL. @throws Error with the remedy when it is away or not migrated */
export async function withDb<T>(use: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  const db = createDb(readDatabaseUrl(), { maxConnections: 1 })
  try {
    return await use(db)
  } catch (error) {
    const code = String(Reflect.get(Object(error), 'code') ?? 'no connection')
    if (code === UNDEFINED_TABLE) {
      throw new Error('the database is not of this version; run: pnpm shouyin migrate', { cause: error })
    }
    if (!isTransient(error)) throw error
    throw new Error(`the database does not answer (${code}); start it, or correct DATABASE_URL`, { cause: error })
  } finally {
    await db.destroy()
  }
}

const UNDEFINED_TABLE = '42P01'
