import { sql } from 'kysely'
import type { Rule } from './scope.ts'

/** 账户结余 from row to row, in the order of the file: the first row that breaks it, and all that is missing by the end. */
export const chainWithin: Rule = ({ day }) => sql`
  select 'balance_chain', flow_id, null, null, total,
    jsonb_build_object('row', row_no, 'expectedFen', before + amount_fen, 'foundFen', balance_fen, 'breaks', breaks)
  from (
    select *, count(*) over () as breaks, sum(balance_fen - before - amount_fen) over ()::bigint as total
    from (
      select *, lag(balance_fen) over (order by row_no) as before from fund_flow_row where bill_day_id = ${day.id}
    ) as numbered
    where balance_fen <> before + amount_fen
    order by row_no limit 1
  ) as broken`

/** The account begins the day with what it had at the end of the last one; unknown while a bill in between is. */
export const chainAcross: Rule = ({ day }) => sql`
  select 'balance_chain', first.flow_id, null, null, today.opening_fen - earlier.closing_fen,
    jsonb_build_object('row', 1, 'expectedFen', earlier.closing_fen, 'foundFen', today.opening_fen, 'since', earlier.date)
  from bill_day as today
  join lateral (
    select date, closing_fen, state from bill_day
    where mchid = today.mchid and bill = today.bill and date < today.date and (closing_fen is not null or state = 'waiting')
    order by date desc limit 1
  ) as earlier on earlier.state <> 'waiting' and earlier.closing_fen <> today.opening_fen
  join fund_flow_row as first on first.bill_day_id = today.id and first.row_no = 1
  where today.id = ${day.id}`
