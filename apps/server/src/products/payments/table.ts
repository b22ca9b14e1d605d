import type { Selectable } from 'kysely'

export interface PrepayTable {
  charge_id: string
  /** The request as JSON, as sent: a repeated number must carry the same parameters. */
  body: string
  asking_until: Date | null
  prepay_id: string | null
  made_at: Date | null
}

export interface PaymentsTables {
  prepay: PrepayTable
}

export type Prepay = Selectable<PrepayTable>
