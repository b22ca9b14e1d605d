import type { GeneratedAlways, JSONColumnType } from 'kysely'

/** Rows are never changed: the database refuses it. */
export interface AuditEntryTable {
  id: string
  at: Date
  person: string
  /** Null: not by a merchant key, e.g. on the command line. */
  key_id: string | null
  action: string
  subject: string
  detail: JSONColumnType<Record<string, unknown>>
  request_id: string | null
}

/** In the order in which entries were sealed. */
export interface AuditSealTable {
  number: GeneratedAlways<number>
  entry_id: string
  /** Of the seal before and the entry. */
  sha256: Buffer
}
