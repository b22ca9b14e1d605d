import { sql } from 'kysely'
import { among, oursOfDay, type Rule } from './scope.ts'

/**
 * Payments of the bill, by 微信订单号, that our books lack or know with another sum; also those that stand in the bill of
 * their own day already.
 */
export const paymentsOfTheirs: Rule = (scope) => sql`
  select case when ours.charge_id is null then 'payment_missing_here' else 'payment_amount' end as kind,
    theirs.reference, theirs.out_trade_no, null::text as out_refund_no,
    theirs.fen - case when again then 0 else coalesce(ours.amount_fen, 0) end as delta_fen,
    jsonb_build_object(
      'theirsFen', theirs.fen, 'oursFen', ours.amount_fen, 'rows', theirs.rows, 'inAnotherBill', again
    ) as detail
  from (
    select transaction_id as reference, min(out_trade_no) as out_trade_no, count(*) as rows,
      sum(coalesce(order_fen, settlement_fen))::bigint as fen
    from bill_row
    where bill_day_id = ${scope.day.id} and refund_id is null and kind = 'payment' ${among(scope, 'transaction_id')}
    group by transaction_id
  ) as theirs
  left join movement as ours
    on ours.kind = 'payment' and ours.provider_ref = theirs.reference and ours.mchid = ${scope.day.mchid}
  cross join lateral (
    select (ours.occurred_at < ${scope.from} or ours.occurred_at >= ${scope.to}) is true and exists (
      select from bill_row
      where transaction_id = theirs.reference and refund_id is null and kind = 'payment'
        and bill_day_id <> ${scope.day.id}
    ) as again
  ) as elsewhere
  where ours.amount_fen is distinct from theirs.fen or again`

/** Our payments of the day that no bill has. One second past midnight their day may be the next or the one before. */
export const paymentsOfOurs: Rule = (scope) => sql`
  select 'payment_missing_there', ours.provider_ref, charge.out_trade_no, null, -ours.amount_fen,
    jsonb_build_object('oursFen', ours.amount_fen, 'proof', ours.proof)
  from movement as ours join charge on charge.id = ours.charge_id
  where ${oursOfDay(scope, 'payment')} and not exists (
    select from bill_row
    where bill_day_id = any(${scope.tradeDays}) and refund_id is null and transaction_id = ours.provider_ref
  )`
