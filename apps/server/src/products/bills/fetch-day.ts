import { WechatPayError } from '@shouyin/wechatpay-core'
import type { Ctx } from '../../kernel/context.ts'
import { applyForBill } from './apply-for-bill.ts'
import { importBill } from './import/index.ts'
import { markEmpty, postpone } from './repository.ts'
import { askAgainAt, lateAt, retryAt } from './schedule.ts'
import type { BillDay } from './table.ts'

/** A bill that fails so often in a row is a matter of persons. */
const ALARM_ATTEMPTS = 3
const PROBLEM_CHARACTERS_MAX = 300

/** Gets a bill of WeChat Pay into the database, whole or not at all. What stands in the way is tried again. */
export async function fetchDay(ctx: Ctx, day: BillDay): Promise<void> {
  const { mchid, date, bill } = day
  try {
    const applied = await applyForBill(ctx, day)
    if (applied.kind === 'creating') return await waitForIt(ctx, day)
    if (applied.kind === 'none') await markEmpty(ctx, day)
    const rows = applied.kind === 'file' ? (await importBill(ctx, day, applied.file)).rows : 0
    ctx.log.info({ mchid, date, bill, count: rows }, 'bill imported')
  } catch (err) {
    ctx.log.warn({ err, mchid, date, bill, attempts: day.attempts + 1 }, 'a bill could not be imported')
    await tryAgain(ctx, day, describe(err))
  }
}

async function waitForIt(ctx: Ctx, day: BillDay): Promise<void> {
  const now = ctx.clock.now()
  const late = raiseLate(ctx, day, now)
  await postpone(ctx, day, { next_attempt_at: askAgainAt(day.date, now), problem: 'STATEMENT_CREATING', late })
}

async function tryAgain(ctx: Ctx, day: BillDay, problem: string): Promise<void> {
  const { mchid, date, bill } = day
  const now = ctx.clock.now()
  const attempts = day.attempts + 1
  if (attempts === ALARM_ATTEMPTS) ctx.alarm('bill_unreadable', { mchid, date, bill, problem, attempts })
  const late = raiseLate(ctx, day, now)
  await postpone(ctx, day, { next_attempt_at: retryAt(attempts, now), attempts, problem, late })
}

/** At 14:00 a bill should have been there for four hours. Once per bill. */
function raiseLate({ alarm }: Ctx, { mchid, date, bill, late, problem }: BillDay, now: Date): boolean {
  const isLate = now >= lateAt(date)
  if (isLate && !late) alarm('bill_late', { mchid, date, bill, problem })
  return isLate
}

/** What a person can do something with. What PostgreSQL says may quote a row, so only its code is kept. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const quotes = 'severity' in error
  const code = error instanceof WechatPayError ? (error.apiCode ?? error.code) : Reflect.get(error, 'code')
  const text = quotes
    ? `PostgreSQL ${String(code)}`
    : `${code === undefined ? '' : `${String(code)}: `}${error.message}`
  return text.slice(0, PROBLEM_CHARACTERS_MAX)
}
