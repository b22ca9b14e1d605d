import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../../../kernel/context.ts'
import { createDb } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { type Course, type Courses, ORDERS, openCourses } from '../../../testing/courses.ts'
import { openLetterBox } from '../../../testing/letters.ts'
import { faultsBy, generator, often, type Pick, payAnOrder, pickBy } from '../../../testing/random.ts'
import { catchUp as catchUpPayments } from '../../payments/catch-up.ts'
import { startPayment } from '../../payments/start-payment.ts'
import { catchUp as catchUpRefunds } from '../../refunds/catch-up.ts'
import { catchUp } from '../catch-up.ts'
import type { Lesson } from '../table.ts'
import { cancelLesson } from './cancel.ts'
import { checkLesson } from './check.ts'
import { completeLesson } from './complete.ts'
import { payLesson } from './pay.ts'
import { startLesson } from './start.ts'

const COURSES = 5
const ROUNDS = 40
const AT_ONCE = 6
const SEEDS = [1, 2, randomInt(2 ** 31)]

const LIES = { match: { method: 'POST', path: `${ORDERS}/*` }, kind: 'ok-without-effect', probability: 0.1 }

/** What people may be told; anything else is a defect. */
const TOLD = [
  ...['LESSON_STATE', 'LESSON_OUT_OF_ORDER', 'LESSON_PAID', 'LESSON_NOT_OWED', 'SIGN_PLAN_NOT_SIGNED'],
  ...['WECHATPAY_REFUSED', 'WECHATPAY_UNAVAILABLE', 'ORDER_PAID', 'ORDER_CLOSED', 'ORDER_EXPIRED'],
]

let box: Awaited<ReturnType<typeof openLetterBox>>
let courses: Courses
/** Two processes: each with connections of its own. */
let processes: readonly Ctx[]
beforeAll(async () => {
  box = await openLetterBox()
  courses = await openCourses({ notifyBaseUrl: box.url })
  processes = [courses.ctx, { ...courses.ctx, db: createDb(courses.databaseUrl) }]
  await courses.simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await courses.switches({ refundMinGapSeconds: 0, payScoreDeductionSeconds: 10 })
}, 120_000)
afterAll(async () => {
  await processes?.[1]?.db.destroy()
  await courses?.close()
  await box?.close()
})

test.each(SEEDS)(
  'whatever happens to lessons in whatever order, both sides agree in the end: seed %i',
  async (seed) => {
    box.letters.length = 0
    const random = generator(seed)
    const pick = pickBy(random)
    await courses.switches({ payScoreDeduction: 'fails' })
    const all: Course[] = []
    for (let i = 0; i < COURSES; i++) all.push(await courses.signed())
    await courses.simulated.faults(LIES, ...faultsBy(seed))
    const acts = actsOn(all, pick, random)
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => pick(acts)().catch(expected)))
    }
    await courses.simulated.faults()
    await courses.switches({ payScoreDeduction: 'succeeds' })
    await settleDown()
    for (const { lessons } of all) {
      for (const lesson of lessons) expect(await disagreements(lesson)).toEqual([])
    }
    const kinds = await courses.ctx.db.selectFrom('anomaly').select('kind').execute()
    expect(kinds.filter(({ kind }) => kind !== 'paid_twice' && kind !== 'paid_after_close')).toEqual([])
  },
  120_000,
)

function actsOn(all: readonly Course[], pick: Pick, random: () => number): readonly (() => Promise<unknown>)[] {
  const who = () => ({ ...courses.lin, ...pick(processes) })
  /** Mostly the lesson whose turn it is; sometimes any. */
  const one = async () => {
    const course = pick(all)
    const rows = await Promise.all(course.lessons.map((lesson) => courses.row(lesson)))
    const next = rows.find(({ state }) => state !== 'paid' && state !== 'cancelled')
    return { course, lesson: random() < 0.9 ? (next ?? course.lessons[0]) : pick(course.lessons) }
  }
  return [
    ...often(4, async () => startLesson(who(), { id: (await one()).lesson.id })),
    ...often(3, async () => {
      const { id, price_fen } = (await one()).lesson
      return completeLesson(who(), { id, amountFen: random() < 0.9 ? price_fen : Math.min(price_fen, 100) })
    }),
    ...often(2, async () => cancelLesson(who(), { id: (await one()).lesson.id, reason: '不来了' })),
    async () => checkLesson(who(), { id: (await one()).lesson.id }),
    ...often(2, async () => deduct((await one()).lesson, random() < 0.3 ? 'succeed' : 'fail')),
    ...often(3, async () => tap(await one())),
    ...often(3, () => payAnOrder(courses, pick)),
    ...often(2, () => (box.letters.length > 0 ? courses.deliver([pick(box.letters)]) : Promise.resolve())),
    () => catchUp(pick(processes)),
    () => catchUpPayments(pick(processes)),
    () => catchUpRefunds(pick(processes)),
    () => courses.advance(1 + Math.floor(random() * 120)),
  ]
}

function expected(error: unknown): void {
  if (!(error instanceof AppError)) throw error
  expect(TOLD).toContain(error.code)
}

const deduct = (lesson: Lesson, result: 'succeed' | 'fail') => courses.deduct(lesson, result).catch(() => undefined)

async function tap({ course: { shopper }, lesson }: { course: Course; lesson: Lesson }): Promise<void> {
  await startPayment(shopper, await payLesson(shopper, { id: lesson.id }))
}

/** Past every wait: the sweeps alone have to bring all that is under way to an end. */
async function settleDown(): Promise<void> {
  for (let i = 0; i < 8; i++) {
    await courses.advance(700)
    await courses.sweep()
  }
}

const phases: Readonly<Record<string, readonly string[]>> = {
  unused: ['none'],
  in_service: ['in_service'],
  paid: ['done'],
  cancelled: ['revoked'],
}

/** In which ways one lesson differs from what WeChat Pay holds, and its money from what it costs. */
async function disagreements(lesson: Lesson): Promise<readonly string[]> {
  const { state, amount_fen } = await courses.row(lesson)
  const at = await courses.atWechat(lesson).catch(() => undefined)
  const found: string[] = []
  if (!phases[state]?.includes(at?.phase ?? 'none')) found.push(`it is ${state}, at WeChat Pay ${at?.phase}`)
  const moved = await courses.movedFen(lesson)
  const owed = state === 'paid' ? amount_fen : 0
  if (moved.in - moved.out !== owed) found.push(`${state}: ${moved.in} came, ${moved.out} went back, it costs ${owed}`)
  const collected = await collectedFen(lesson, at?.transactionId ?? null, at?.totalFen ?? 0)
  if (moved.in !== collected) found.push(`we have ${moved.in}, WeChat Pay collected ${collected}`)
  for (const charge of await courses.chargesOf(lesson)) {
    if (charge.state !== 'succeeded' && charge.state !== 'closed') found.push(`its charge is ${charge.state}`)
  }
  return found
}

/** By the deduction and by ordinary orders, as the local WeChat Pay has it. */
async function collectedFen({ id }: Lesson, transactionId: string | null, deductedFen: number): Promise<number> {
  const orders = await courses.ctx.db
    .selectFrom('charge')
    .innerJoin('lesson_order', 'lesson_order.order_id', 'charge.subject_id')
    .select(['out_trade_no', 'amount_fen'])
    .where('lesson_id', '=', id)
    .execute()
  let fen = transactionId === null ? 0 : deductedFen
  for (const { out_trade_no, amount_fen } of orders) {
    const at = await courses.simulated.transaction(out_trade_no).catch(() => undefined)
    if (at?.tradeState === 'SUCCESS' || at?.tradeState === 'REFUND') fen += amount_fen
  }
  return fen
}
