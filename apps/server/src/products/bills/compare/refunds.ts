import { sql } from 'kysely'
import { among, oursOfDay, type Rule } from './scope.ts'

/**
 * Refunds of the bill, by 微信退款单号, that our books lack, know with another sum or in a state that contradicts, or that
 * stand in the bill of an earlier day already. A row
 * shows how things were when the bill was made and is never updated: of its states only SUCCESS and FAIL are final.
 */
export const refundsOfTheirs: Rule = (scope) => sql`
  select case
      when ours.id is null then 'refund_missing_here'
      when ours.amount_fen <> theirs.fen or again then 'refund_amount'
      else 'refund_state'
    end,
    theirs.reference, theirs.out_trade_no, theirs.out_refund_no,
    case
      when ours.id is null then case theirs.status when 'FAIL' then 0 else -theirs.fen end
      when again then -theirs.fen
      when ours.amount_fen <> theirs.fen then ours.amount_fen - theirs.fen
      when theirs.status = 'SUCCESS' then -theirs.fen
      else theirs.fen
    end,
    jsonb_build_object(
      'theirsFen', theirs.fen, 'oursFen', ours.amount_fen, 'rows', theirs.rows,
      'theirState', theirs.status, 'ourState', ours.state, 'inAnotherBill', again
    )
  from (
    select refund_id as reference, min(out_trade_no) as out_trade_no, min(out_refund_no) as out_refund_no,
      min(refund_status) as status, count(*) as rows, sum(coalesce(applied_fen, refund_fen))::bigint as fen
    from bill_row
    where bill_day_id = ${scope.day.id} and kind = 'refund' ${among(scope, 'refund_id')}
    group by refund_id
  ) as theirs
  left join refund as ours on ours.refund_id = theirs.reference and ours.mchid = ${scope.day.mchid}
  cross join lateral (
    select exists (
      select from bill_row as row join bill_day on bill_day.id = row.bill_day_id
      where row.refund_id = theirs.reference and row.kind = 'refund' and bill_day.date < ${scope.day.date}
    ) as again
  ) as elsewhere
  where again or ours.amount_fen is distinct from theirs.fen
    or theirs.status = 'SUCCESS' and ours.state <> 'succeeded'
    or theirs.status = 'FAIL' and ours.state = 'succeeded'`

/**
 * Refunds that arrived on the day and that no bill has. Their row stands on the day on which WeChat Pay accepted them,
 * which may be long before: any bill will do.
 */
export const refundsOfOurs: Rule = (scope) => sql`
  select 'refund_missing_there', ours.provider_ref, charge.out_trade_no, refund.out_refund_no, -ours.amount_fen,
    jsonb_build_object('oursFen', -ours.amount_fen, 'proof', ours.proof)
  from movement as ours
    join charge on charge.id = ours.charge_id
    left join refund on refund.refund_id = ours.provider_ref
  where ${oursOfDay(scope, 'refund')} and not exists (
    select from bill_row where refund_id = ours.provider_ref
  )`
