import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../kernel/db.ts'
import { addDays, startOf } from '../days.ts'
import type { BillDay } from '../table.ts'
import { chainAcross, chainWithin } from './chain.ts'
import { closedRefunds } from './closed-refunds.ts'
import { flowsOfTheirs, fundFlow } from './fund-flow.ts'
import { unknownFlows, unknownTrades } from './others.ts'
import { paymentsOfOurs, paymentsOfTheirs } from './payments.ts'
import { refundsOfOurs, refundsOfTheirs } from './refunds.ts'
import type { Rule, Scope } from './scope.ts'

const accountRules: readonly Rule[] = [chainWithin, chainAcross, closedRefunds, unknownFlows]

const rules: Readonly<Record<BillDay['bill'], readonly Rule[]>> = {
  trade: [paymentsOfTheirs, paymentsOfOurs, refundsOfTheirs, refundsOfOurs, unknownTrades],
  BASIC: [fundFlow, flowsOfTheirs, ...accountRules],
  OPERATION: accountRules,
  FEES: accountRules,
}

export interface Compared {
  readonly opened: number
  readonly resolved: number
}

/**
 * Compares a bill with our books and writes down where they disagree; what was open and agrees by now is resolved.
 * May be repeated at any time: a disagreement is one row, however often it is found.
 * @param references only these; default: the whole day
 */
export async function compareDay(
  tx: Tx,
  day: BillDay,
  { now, references }: { readonly now: Date; readonly references?: readonly string[] },
): Promise<Compared> {
  await allowMinutes(tx)
  const scope = await scopeOf(tx, day, references)
  const found = sql.join(
    rules[day.bill].map((rule) => sql`(${rule(scope)})`),
    sql` union all `,
  )
  const { rows } = await write(scope, found, now).execute(tx)
  return rows[0] ?? { opened: 0, resolved: 0 }
}

/** A million rows take longer than a request may. */
async function allowMinutes(tx: Tx): Promise<void> {
  await sql`set local statement_timeout = '10min'`.execute(tx)
  await sql`set local work_mem = '64MB'`.execute(tx)
}

async function scopeOf(tx: Tx, day: BillDay, references: readonly string[] | undefined): Promise<Scope> {
  const nearby = await tx
    .selectFrom('bill_day')
    .select(['id', 'bill'])
    .where('mchid', '=', day.mchid)
    .where('bill', 'in', ['trade', day.bill])
    .where('date', '>=', addDays(day.date, -1))
    .where('date', '<=', addDays(day.date, 1))
    .execute()
  const idsOf = (bill: BillDay['bill']) => nearby.filter((one) => one.bill === bill).map(({ id }) => id)
  return {
    day,
    references,
    from: startOf(day.date),
    to: startOf(addDays(day.date, 1)),
    tradeDays: idsOf('trade'),
    accountDays: idsOf(day.bill),
  }
}

/** What is found is opened unless it is known; what is known and not found is resolved. */
const write = ({ day, references }: Scope, found: RawBuilder<unknown>, now: Date) => sql<Compared>`
  with found (kind, reference, out_trade_no, out_refund_no, delta_fen, detail) as materialized (${found}),
  opened as (
    insert into difference
      (bill_day_id, kind, reference, out_trade_no, out_refund_no, delta_fen, detail, created_at, next_check_at)
    select ${day.id}, found.*, ${now}::timestamptz, ${now}::timestamptz from found
    on conflict (bill_day_id, kind, reference) do nothing
    returning 1
  ),
  resolved as (
    update difference set state = 'resolved', resolved_at = ${now}, next_check_at = null, note = ${reason}
    where bill_day_id = ${day.id} and state = 'open' ${references ? sql`and reference = any(${references})` : sql``}
      and not exists (
        select from found where found.kind = difference.kind and found.reference = difference.reference
      )
    returning 1
  )
  select (select count(*) from opened) as opened, (select count(*) from resolved) as resolved`

/** How a difference went away by itself: what our books lacked was proved to them meanwhile. */
const reason = sql`case
  when kind in ('payment_missing_here', 'refund_missing_here', 'refund_state') then coalesce(
    'our books have it by ' || (select proof from movement where provider_ref = reference limit 1),
    'our books know it now')
  when kind in ('payment_missing_there', 'refund_missing_there', 'fund_flow_missing') then 'found in a later bill'
  else 'agrees now'
end`
