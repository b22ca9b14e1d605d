import { takeAlarmTurn } from '../../../kernel/alarm-turn.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { claimDueCharges } from '../../../ledger/claim-due.ts'
import type { Charge } from '../../../ledger/table.ts'
import { BATCH, nextQueryAt } from '../schedule.ts'
import { queryCharge } from './query-charge.ts'

/** WeChat Pay has tried for so long; a person may want to talk to the shopper. */
const OWED_MS = 4 * 3_600_000
/** Once: a deduction may be tried for months. */
const EVERY_SECONDS = 100 * 365 * 86_400

/** What WeChat Pay collects of broken promises: asked about until it has. @returns how many were due */
export async function catchUpOwed(ctx: Ctx): Promise<number> {
  const due = await inTransaction(ctx.db, (tx) =>
    claimDueCharges(tx, {
      source: 'discount-card',
      now: ctx.clock.now(),
      limit: BATCH,
      nextQueryAt: ({ query_count }, now) => nextQueryAt(query_count, now),
    }),
  )
  return lookAfter(ctx, due, (charge) => askAbout(ctx, charge), { goesOn: due.length === BATCH })
}

async function askAbout(ctx: Ctx, charge: Charge): Promise<boolean> {
  const { mchid, out_trade_no: outTradeNo } = charge
  const answer = await queryCharge(ctx, { mchid, outTradeNo })
  if (answer === 'owing') await alarmIfLate(ctx, charge)
  return !['absent', 'unknown', 'refused'].includes(answer)
}

async function alarmIfLate(ctx: Ctx, charge: Charge): Promise<void> {
  if (ctx.clock.now().getTime() - charge.created_at.getTime() < OWED_MS) return
  const { mchid, out_trade_no: outCardCode, amount_fen: amountFen, subject_id: subject } = charge
  const isOurs = await takeAlarmTurn(ctx, { kind: 'card_owed', subject, everySeconds: EVERY_SECONDS })
  if (isOurs) ctx.alarm('card_owed', { mchid, outCardCode, amountFen })
}
