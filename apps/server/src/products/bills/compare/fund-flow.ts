import { sql } from 'kysely'
import { among, oursOfDay, type Rule } from './scope.ts'

/**
 * Movements of ours that stand in a trade bill, in 基本账户 by 微信支付业务单号: it should have booked 应结订单金额 or
 * 退款金额. 手续费 may be a row of its own, which is not compared, or be taken off the sum. DERIVED: no page says which.
 * What the trade bill lacks, or 退款关闭 gives back, is a difference already; the same money is no second one here.
 */
export const fundFlow: Rule = (scope) =>
  scope.day.rows === 0 ? nothing({ ...scope, references: undefined }) : disagreements(scope)

const disagreements: Rule = (scope) => sql`
  select case when gross is null then 'fund_flow_missing' else 'fund_flow_amount' end,
    provider_ref, out_trade_no, out_refund_no, coalesce(gross, 0) - expected,
    jsonb_build_object('theirsFen', gross, 'oursFen', expected, 'feeFen', fee)
  from (${payments(scope)} union all ${refunds(scope)}) as booked
  where gross is null or gross not in (expected, expected - fee)`

/** Nothing moved on the account, says WeChat Pay: then all of it is missing, as one sum. */
const nothing: Rule = (scope) => sql`
  select 'fund_flow_missing', ${scope.day.bill}::text, null, null, -sum(expected)::bigint,
    jsonb_build_object('oursFen', sum(expected), 'movements', count(*))
  from (${payments(scope)} union all ${refunds(scope)}) as booked
  having count(*) > 0`

/**
 * The other way round: what the account booked as a payment or refund and no trade bill has, nor our books. It can be told
 * once the trade bill of the day is here.
 */
export const flowsOfTheirs: Rule = (scope) => sql`
  select case kind when 'payment' then 'payment_missing_here' else 'refund_missing_here' end,
    theirs.reference, null, null, theirs.fen, jsonb_build_object('theirsFen', theirs.fen, 'rows', theirs.rows)
  from (
    select business_id as reference, kind, sum(amount_fen)::bigint as fen, count(*) as rows from fund_flow_row
    where bill_day_id = ${scope.day.id} and kind in ('payment', 'refund') ${among(scope, 'business_id')}
    group by business_id, kind
  ) as theirs
  where exists (
      select from bill_day
      where mchid = ${scope.day.mchid} and date = ${scope.day.date} and bill = 'trade' and state <> 'waiting'
    )
    and not exists (
      select from bill_row
      where transaction_id = theirs.reference and refund_id is null and bill_day_id = any(${scope.tradeDays})
    )
    and not exists (select from bill_row where refund_id = theirs.reference)
    and not exists (select from movement where provider_ref = theirs.reference and movement.kind = theirs.kind)
    and not exists (select from refund where refund_id = theirs.reference)`

const fee = sql`round(row.fee_milli_fen / 1000.0)::bigint as fee`

const payments: Rule = (scope) => sql`
  select ours.provider_ref, row.out_trade_no, row.out_refund_no, theirs.gross, row.settlement_fen::bigint as expected, ${fee}
  from movement as ours
    join bill_row as row on row.transaction_id = ours.provider_ref and row.refund_id is null
      and row.bill_day_id = any(${scope.tradeDays}) and row.kind = 'payment'
    left join (
      select business_id, sum(amount_fen)::bigint as gross from fund_flow_row
      where bill_day_id = any(${scope.accountDays}) and kind <> 'fee' ${among(scope, 'business_id')}
      group by business_id
    ) as theirs on theirs.business_id = ours.provider_ref
  where ${oursOfDay(scope, 'payment')}`

/** Those that arrived on the day: the account was charged when WeChat Pay accepted them, any day before. */
const refunds: Rule = (scope) => sql`
  select ours.provider_ref, row.out_trade_no, row.out_refund_no, theirs.gross, -row.refund_fen::bigint as expected, ${fee}
  from movement as ours
    join bill_row as row on row.refund_id = ours.provider_ref and row.kind = 'refund'
    left join lateral (
      select sum(amount_fen)::bigint as gross from fund_flow_row
      where business_id = ours.provider_ref and kind not in ('fee', 'refund_closed')
    ) as theirs on true
  where ${oursOfDay(scope, 'refund')}`
