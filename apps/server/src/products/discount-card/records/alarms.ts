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

/** Tells persons what WeChat Pay cannot be told, or soon not any more. @returns 0: nothing of it is due again at once */
export async function alarmRecords(ctx: Ctx): Promise<number> {
  await alarmUnsent(ctx)
  await alarmAfterEnd(ctx)
  return 0
}

/**
 * Says daily of a card that is about to be settled what WeChat Pay does not know yet: afterwards nothing can be corrected.
 * Refunds that are still under way are told when they have arrived, which may be too late.
 */
async function alarmUnsent(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const late = { before: new Date(now.getTime() - LATE_MS) }
  const unsent = Map.groupBy(await listUnsent(ctx, late), (row) => row.card_id)
  const refunds = Map.groupBy(await listRefundsUnderWay(ctx, late), (row) => row.card_id)
  const ids = [...new Set([...unsent.keys(), ...refunds.keys()])]
  if (ids.length === 0) return
  const cards = await ctx.db
    .selectFrom('card')
    .select(['id', 'mchid', 'out_card_code', 'end_at'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('state', 'in', openCardStates)
    .where('end_at', '<=', new Date(now.getTime() + WARNED_MS))
    .execute()
  for (const { id, mchid, out_card_code: outCardCode, end_at } of cards) {
    const outRefundNos = refunds.get(id)?.map((refund) => refund.out_refund_no) ?? []
    const detail = {
      mchid,
      outCardCode,
      count: unsent.get(id)?.length ?? 0,
      outRefundNos,
      endAt: end_at?.toISOString(),
    }
    await alarmDaily(ctx, 'card_records_unsent', id, detail)
  }
}

interface Late {
  readonly before: Date
}

const listUnsent = ({ db }: Ctx, { before }: Late) =>
  db
    .selectFrom('card_record')
    .select('card_id')
    .where('state', 'in', openRecordStates)
    .where('created_at', '<=', before)
    .execute()

/** Of all that may count for a card, whether it made it cheaper or not. */
const listRefundsUnderWay = ({ db }: Ctx, { before }: Late) =>
  db
    .selectFrom('refund')
    .innerJoin('charge', 'charge.id', 'refund.charge_id')
    .innerJoin('orders', (on) =>
      on.onRef('orders.id', '=', 'charge.subject_id').onRef('orders.paid_charge_id', '=', 'charge.id'),
    )
    .innerJoin('card', (on) =>
      on
        .onRef('card.openid', '=', 'orders.openid')
        .onRef('card.mchid', '=', 'orders.mchid')
        .onRef('card.appid', '=', 'orders.appid'),
    )
    .select(['card.id as card_id', 'out_refund_no'])
    .where('refund.state', 'in', goingStates)
    .where('refund.created_at', '<=', before)
    .where('card.state', 'in', openCardStates)
    .whereRef('orders.paid_at', '>=', sql<Date>`date_trunc('second', card.begin_at)`)
    .execute()

/**
 * Says of an order what happened after its card had ended, once, and again when more happens of it, so that WeChat Pay cannot be told: a discount that is not
 * in what the card comes to, a refund that does not make it less, or something that would have kept the promise.
 */
async function alarmAfterEnd(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - LOOKED_BACK_MS)
  const rows = await ctx.db
    .selectFrom('card_record')
    .innerJoin('card', 'card.id', 'card_record.card_id')
    .select(['card.id', 'mchid', 'out_card_code', 'card_record.order_id', 'kind', amountFen.as('amountFen')])
    .select(sql<number>`sum(case direction when 'INCREASE' then times else -times end)::int`.as('times'))
    .select(sql<number>`max(max(number)) over (partition by card.id, card_record.order_id)`.as('last'))
    .where('card_record.state', '=', 'too_late')
    .where('card_record.created_at', '>', since)
    .whereRef('card_record.created_at', '>=', 'card.ended_at')
    .groupBy(['card.id', 'card_record.order_id', 'kind'])
    .execute()
  for (const { id, mchid, out_card_code: outCardCode, order_id: orderId, last, kind, amountFen, times } of rows) {
    const alarm = kindOf({ kind, amountFen, times })
    const turn = { kind: alarm, subject: `${id} ${last}`, everySeconds: LOOKED_BACK_MS / 1000 }
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
