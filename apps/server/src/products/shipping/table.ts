import type { Generated, Selectable } from 'kysely'
import type { ShipmentState } from './states.ts'

export interface ShipmentTable {
  id: string
  charge_id: string
  fulfilled_at: Date
  /** The request as JSON, as sent; null until the first attempt. */
  body: string | null
  state: Generated<ShipmentState>
  attempts: Generated<number>
  next_attempt_at: Date | null
  errcode: number | null
  finished_at: Date | null
}

export interface ShippingTables {
  shipment: ShipmentTable
}

export type Shipment = Selectable<ShipmentTable>
