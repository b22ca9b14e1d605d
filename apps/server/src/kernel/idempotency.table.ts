import type { JSONColumnType } from 'kysely'

export interface IdempotencyKeyTable {
  /** A shopper's user id, or the id of a merchant key. */
  owner_id: string
  key: string
  request_sha256: Buffer
  /** What the first request was answered; null only inside its own transaction. */
  answer: JSONColumnType<object> | null
  created_at: Date
}
