import { type RawBuilder, sql } from 'kysely'
import { among, oursOfDay, type Rule } from './scope.ts'

/**
 * What 基本账户 should have booked for a movement of ours that stands in the trade bill: 应结订单金额 or 退款金额. 手续费
 * may be a row of its own, which is not compared, or be taken off the sum. DERIVED: no page says which. What the trade
 * bill lacks is a difference there already; the same money is no second one here.
 */
const disagreements = (booked: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select case when gross is null then 'fund_flow_missing' else 'fund_flow_amount' end,
    provider_ref, out_trade_no, out_refund_no, coalesce(gross, 0) - expected,
    jsonb_build_object('theirsFen', gross, 'oursFen', expected, 'feeFen', fee)
  from (${booked}) as booked
  where gross is null or gross not in (expected, expected - fee)`

const fee = sql`round(row.fee_milli_fen / 1000.0)::bigint`

/** Our payments of the day, by 微信支付业务单号. */
export const fundFlowOfPayments: Rule = (scope) =>
  disagreements(sql`
    select ours.provider_ref, row.out_trade_no, row.out_refund_no, theirs.gross,
      row.settlement_fen::bigint as expected, ${fee} as fee
    from movement as ours
      join bill_row as row on row.transaction_id = ours.provider_ref and row.refund_id is null
        and row.bill_day_id = any(${scope.tradeDays}) and row.kind = 'payment'
      left join (
        select business_id, sum(amount_fen)::bigint as gross from fund_flow_row
        where bill_day_id = any(${scope.accountDays}) and kind <> 'fee' ${among(scope, 'business_id')}
        group by business_id
      ) as theirs on theirs.business_id = ours.provider_ref
    where ${oursOfDay(scope, 'payment')}`)

/** Our refunds that arrived on the day: the account was charged when WeChat Pay accepted them, any day before. */
export const fundFlowOfRefunds: Rule = (scope) =>
  disagreements(sql`
    select ours.provider_ref, row.out_trade_no, row.out_refund_no, theirs.gross,
      -row.refund_fen::bigint as expected, ${fee} as fee
    from movement as ours
      join bill_row as row on row.refund_id = ours.provider_ref and row.kind = 'refund'
      left join lateral (
        select sum(amount_fen)::bigint as gross from fund_flow_row
        where business_id = ours.provider_ref and kind <> 'fee'
      ) as theirs on true
    where ${oursOfDay(scope, 'refund')}`)
