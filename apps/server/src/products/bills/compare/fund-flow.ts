import { type RawBuilder, sql } from 'kysely'
import { among, oursOfDay, type Rule } from './scope.ts'

/**
 * What the account should have booked for a movement: 应结订单金额 or 退款金额 of its bill row, else our own sum. 手续费
 * may be a row of its own, which is not compared, or be taken off the sum. DERIVED: no page says which.
 */
const disagreements = (theirs: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select case when gross is null then 'fund_flow_missing' else 'fund_flow_amount' end,
    provider_ref, out_trade_no, out_refund_no, coalesce(gross, 0) - expected,
    jsonb_build_object('theirsFen', gross, 'oursFen', expected, 'feeFen', fee)
  from (${theirs}) as booked
  where gross is null or gross not in (expected, expected - fee)`

const fee = sql`round(coalesce(row.fee_milli_fen, 0) / 1000.0)::bigint`

/** Our payments of the day in 基本账户, by 微信支付业务单号. */
export const fundFlowOfPayments: Rule = (scope) =>
  disagreements(sql`
    select ours.provider_ref, charge.out_trade_no, null::text as out_refund_no, theirs.gross,
      coalesce(row.settlement_fen, ours.amount_fen)::bigint as expected, ${fee} as fee
    from movement as ours
      join charge on charge.id = ours.charge_id
      left join bill_row as row on row.bill_day_id = any(${scope.tradeDays}) and row.kind = 'payment'
        and row.transaction_id = ours.provider_ref and row.refund_id is null
      left join (
        select business_id, sum(amount_fen)::bigint as gross from fund_flow_row
        where bill_day_id = any(${scope.accountDays}) and kind <> 'fee' ${among(scope, 'business_id')}
        group by business_id
      ) as theirs on theirs.business_id = ours.provider_ref
    where ${oursOfDay(scope, 'payment')}`)

/** Our refunds that arrived on the day: the account was charged when WeChat Pay accepted them, any day before. */
export const fundFlowOfRefunds: Rule = (scope) =>
  disagreements(sql`
    select ours.provider_ref, charge.out_trade_no, row.out_refund_no, theirs.gross,
      coalesce(-row.refund_fen, ours.amount_fen)::bigint as expected, ${fee} as fee
    from movement as ours
      join charge on charge.id = ours.charge_id
      left join bill_row as row on row.kind = 'refund' and row.refund_id = ours.provider_ref
      left join lateral (
        select sum(amount_fen)::bigint as gross from fund_flow_row
        where business_id = ours.provider_ref and kind <> 'fee'
      ) as theirs on true
    where ${oursOfDay(scope, 'refund')}`)
