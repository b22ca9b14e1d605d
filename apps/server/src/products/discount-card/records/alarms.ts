import { sql } from 'kysely'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import { takeAlarmTurn } from '../../../kernel/alarm-turn.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { goingStates } from '../../../ledger/states.ts'
import { openCardStates, openRecordStates } from '../states.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** WeChat Pay is told at once: what is not there by now does not get there by itself. */
const LATE_MS = 10 * MINUTE_MS
/** A person has so much time, and that of the settling. */
const WARNED_MS = DAY_MS
/** What came after the end is looked for as long, and alarmed once in that time. */
const LOOKED_BACK_MS = 7 * DAY_MS

/**
 * Says daily of a card that is about to be settled what WeChat Pay does not know yet: afterwards nothing can be corrected.
 * Refunds that are still under way are told when they have arrived, which may be too late.
 */
export async function alarmUnsent(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - LATE_MS)
  const unsent = sql<number>`(
    select count(*)::int from card_record
    where card_id = card.id and state in (${sql.join(openRecordStates)}) and created_at <= ${since}
  )`
  const refunds = sql<string[]>`array(
    select out_refund_no from card_order join charge on charge.subject_id = card_order.order_id
    join refund on refund.charge_id = charge.id
    where card_order.card_id = card.id and refund.state in (${sql.join(goingStates)}) and refund.created_at <= ${since}
  )`
  const endingBefore = new Date(now.getTime() + WARNED_MS)
  const cards = await ctx.db
    .selectFrom('card')
    .select(['id', 'mchid', 'out_card_code', 'end_at'])
    .select([unsent.as('unsent'), refunds.as('refunds')])
    .where('state', 'in', openCardStates)
    .where('end_at', '<=', endingBefore)
    .where(sql<boolean>`${unsent} > 0 or cardinality(${refunds}) > 0`)
    .execute()
  for (const { id, mchid, out_card_code: outCardCode, end_at, unsent: count, refunds: outRefundNos } of cards) {
    const detail = { mchid, outCardCode, count, outRefundNos, endAt: end_at?.toISOString() }
    await alarmDaily(ctx, 'card_records_unsent', id, detail)
  }
}

/**
 * Says once of an order what happened after its card had ended, so that WeChat Pay cannot be told: a discount that is not
 * in what the card comes to, a refund that does not make it less, or something that would have kept the promise.
 */
export async function alarmAfterEnd(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - LOOKED_BACK_MS)
  const rows = await ctx.db
    .selectFrom('card_record')
    .innerJoin('card', 'card.id', 'card_record.card_id')
    .select(['card.id', 'mchid', 'out_card_code', 'card_record.order_id', 'kind', amountFen.as('amountFen')])
    .select(sql<number>`sum(case direction when 'INCREASE' then times else -times end)::int`.as('times'))
    .where('card_record.state', '=', 'too_late')
    .where('card_record.created_at', '>', since)
    .whereRef('card_record.created_at', '>=', 'card.ended_at')
    .groupBy(['card.id', 'card_record.order_id', 'kind'])
    .execute()
  for (const { id, mchid, out_card_code: outCardCode, order_id: orderId, kind, amountFen, times } of rows) {
    const alarm = kindOf({ kind, amountFen, times })
    const turn = { kind: alarm, subject: `${id} ${orderId}`, everySeconds: LOOKED_BACK_MS / 1000 }
    if (await takeAlarmTurn(ctx, turn)) ctx.alarm(alarm, { mchid, outCardCode, orderId, amountFen, times })
  }
}

const amountFen = sql<number>`coalesce(sum(case direction when 'INCREASE' then amount_fen else -amount_fen end), 0)::bigint`

interface AfterEnd {
  readonly kind: 'goal' | 'reward'
  readonly amountFen: number
  readonly times: number
}

function kindOf({ kind, amountFen: fen, times }: AfterEnd): string {
  if (fen < 0 || (kind === 'goal' && times < 0)) return 'card_refund_after_end'
  return kind === 'reward' ? 'card_discount_unrecorded' : 'card_goal_unrecorded'
}
