import { type RawBuilder, sql } from 'kysely'
import type { BillDay } from '../table.ts'

/** What is compared: a bill of a day, or of it only what concerns some references. */
export interface Scope {
  readonly day: BillDay
  /** The first moment of the day, and the first after it. */
  readonly from: Date
  readonly to: Date
  /** Ids of the trade bills and of the bills of this account from the day before to the day after. */
  readonly tradeDays: readonly number[]
  readonly accountDays: readonly number[]
  readonly references: readonly string[] | undefined
}

/** A query of disagreements: kind, reference, out_trade_no, out_refund_no, delta_fen, detail. */
export type Rule = (scope: Scope) => RawBuilder<unknown>

/** ` and <column> is one of the references`, where the scope names some. */
export const among = ({ references }: Scope, column: string): RawBuilder<unknown> =>
  references ? sql`and ${sql.ref(column)} = any(${references})` : sql``

/** Movements of ours whose day is compared. */
export const oursOfDay = (scope: Scope, kind: 'payment' | 'refund'): RawBuilder<unknown> => sql`
  ours.mchid = ${scope.day.mchid} and ours.kind = ${kind}
  and ours.occurred_at >= ${scope.from} and ours.occurred_at < ${scope.to} ${among(scope, 'ours.provider_ref')}`
