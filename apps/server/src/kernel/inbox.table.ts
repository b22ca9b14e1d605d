import type { Generated, JSONColumnType, Selectable } from 'kysely'

/** `ignored`: of a kind that this version does not know. `dead`: nothing followed from it; a person has to look. */
export type InboxState = 'pending' | 'processed' | 'ignored' | 'dead'

export interface NotificationInboxTable {
  mchid: string
  /** 通知ID: the same for every re-send. */
  notify_id: string
  kind: string
  event_type: string
  /** As WeChat Pay wrote it, RFC 3339. */
  create_time: string
  /** The decrypted resource. */
  resource: JSONColumnType<object>
  /** The bytes as received, still encrypted, and the serial of the key that signed them: evidence. */
  body: Buffer
  serial: string
  state: InboxState
  attempts: Generated<number>
  next_attempt_at: Date | null
  received_at: Date
  finished_at: Date | null
}

export type InboxRow = Selectable<NotificationInboxTable>
