import { sql } from 'kysely'
import { among, type Rule } from './scope.ts'

/**
 * 退款关闭: what an account had paid for a refund comes back, under the 微信支付业务单号 of that refund. It has to be
 * closed in our books, and 退款金额 of its row in a trade bill has to be the sum; 手续费 may be taken off it.
 */
export const closedRefunds: Rule = (scope) => sql`
  select case
      when ours.id is null then 'refund_missing_here'
      when ours.state <> 'closed' then 'refund_state'
      else 'fund_flow_amount'
    end,
    theirs.reference, charge.out_trade_no, ours.out_refund_no,
    case
      when ours.id is null or ours.state = 'succeeded' then theirs.fen
      when ours.state <> 'closed' then 0
      else theirs.fen - paid.fen
    end,
    jsonb_build_object(
      'businessType', '退款关闭', 'theirsFen', theirs.fen, 'oursFen', paid.fen,
      'theirState', 'CLOSED', 'ourState', ours.state
    )
  from (
    select business_id as reference, sum(amount_fen)::bigint as fen from fund_flow_row
    where bill_day_id = ${scope.day.id} and kind = 'refund_closed' ${among(scope, 'business_id')}
    group by business_id
  ) as theirs
  left join refund as ours on ours.refund_id = theirs.reference and ours.mchid = ${scope.day.mchid}
  left join charge on charge.id = ours.charge_id
  left join lateral (
    select refund_fen, round(fee_milli_fen / 1000.0)::bigint as fee from bill_row
    where refund_id = theirs.reference and kind = 'refund' limit 1
  ) as row on true
  cross join lateral (
    select coalesce(row.refund_fen, ours.amount_fen)::bigint as fen, coalesce(row.fee, 0) as fee
  ) as paid
  where ours.state is distinct from 'closed' or theirs.fen not in (paid.fen, paid.fen + paid.fee)`
