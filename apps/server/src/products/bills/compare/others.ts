import { sql } from 'kysely'
import { among, type Rule } from './scope.ts'

/** Rows of the trade bill of a kind that this version does not know; what was revoked (撤销) came to nothing. */
export const unknownTrades: Rule = (scope) => sql`
  select 'other', theirs.reference, theirs.out_trade_no, theirs.out_refund_no,
    theirs.fen - coalesce(ours.amount_fen, 0), theirs.detail
  from (
    select coalesce(refund_id, transaction_id) as reference, min(out_trade_no) as out_trade_no,
      min(out_refund_no) as out_refund_no,
      sum(case kind when 'other'
        then coalesce(order_fen, settlement_fen) - coalesce(applied_fen, refund_fen, 0) else 0 end)::bigint as fen,
      jsonb_build_object('tradeType', min(trade_type), 'tradeState', min(trade_state), 'rows', count(*)) as detail
    from bill_row
    where bill_day_id = ${scope.day.id} and kind in ('revoked', 'other')
    group by 1
  ) as theirs
  left join movement as ours on ours.provider_ref = theirs.reference and ours.mchid = ${scope.day.mchid}
  where true ${among(scope, 'theirs.reference')}`

/** Rows of a fund flow of a 业务类型 that this version does not know. */
export const unknownFlows: Rule = (scope) => sql`
  select 'other', flow_id, null, null, sum(amount_fen)::bigint,
    jsonb_build_object(
      'businessType', min(business_type), 'businessName', min(business_name), 'businessId', min(business_id),
      'rows', count(*)
    )
  from fund_flow_row
  where bill_day_id = ${scope.day.id} and kind = 'other' ${among(scope, 'flow_id')}
  group by flow_id`
