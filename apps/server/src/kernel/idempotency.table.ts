import type { JSONColumnType } from 'kysely'

export interface IdempotencyKeyTable {
  /** A shopper's user id, or whose merchant key it is. */
  owner: string
  key: string
  request_sha256: Buffer
  /** What the first request was answered; null only inside its own transaction. */
  answer: JSONColumnType<object> | null
  created_at: Date
}
