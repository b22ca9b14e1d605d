import { endpoints, type schema } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Courses, ORDERS, openCourses } from '../../../testing/courses.ts'
import { openLetterBox } from '../../../testing/letters.ts'
import type { Lesson } from '../table.ts'
import { onPaid } from './on-paid.ts'

let box: Awaited<ReturnType<typeof openLetterBox>>
let courses: Courses
beforeAll(async () => {
  box = await openLetterBox()
  courses = await openCourses({ notifyBaseUrl: box.url })
}, 120_000)
afterAll(async () => {
  await courses?.close()
  await box?.close()
})
beforeEach(() => {
  courses.alarms.length = 0
})
afterEach(() => courses.simulated.faults())

/** A lesson that WeChat Pay has deducted, and the letter that says so; nobody here knows. */
async function deducted() {
  const { lessons } = await courses.signed()
  const lesson = await courses.given(lessons[0])
  return { lesson, letter: await letterOf(lesson) }
}
async function letterOf(lesson: Lesson) {
  box.letters.length = 0
  await courses.deduct(lesson)
  await expect.poll(() => box.letters.length).toBe(1)
  return box.letters[0] ?? expect.unreachable()
}
async function opened(letter: Awaited<ReturnType<typeof letterOf>>) {
  const notification = await courses.ctx.wechat(courses.ctx.config.mchid).notifications.open(letter)
  if (notification.kind !== 'payscore.userPaid') throw new Error(`it is a ${notification.kind}`)
  return notification
}

describe('a notice of a deduction pays its lesson once', () => {
  test('told 20 times at once, and again later', async () => {
    const { lesson, letter } = await deducted()
    const results = await courses.deliver(Array.from({ length: 20 }, () => letter))
    expect(new Set(results)).toEqual(new Set(['processed']))
    const notification = await opened(letter)
    await Promise.all(Array.from({ length: 20 }, () => onPaid(courses.ctx, notification)))
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', wechat_state: 'DONE' })
    const movements = await courses.ctx.db
      .selectFrom('movement')
      .innerJoin('charge', 'charge.id', 'movement.charge_id')
      .select(['movement.amount_fen', 'proof'])
      .where('subject_id', '=', lesson.id)
      .execute()
    expect(movements).toEqual([{ amount_fen: 18_000, proof: 'notification' }])
  })

  test('lost: the sweep asks', async () => {
    const { lesson } = await deducted()
    await courses.advance(15)
    await courses.sweep()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  })

  test('late: after the sweep has asked, it changes nothing', async () => {
    const { lesson, letter } = await deducted()
    await courses.advance(15)
    await courses.sweep()
    const before = await courses.row(lesson)
    await expect(courses.deliver([letter])).resolves.toEqual(['processed'])
    await expect(courses.row(lesson)).resolves.toEqual(before)
  })

  test('early: before we know that WeChat Pay took the completion', async () => {
    const { lessons } = await courses.signed()
    const [lesson] = lessons
    await courses.start(lesson)
    await courses.simulated.faults(
      { match: { method: 'POST', path: `${ORDERS}/${lesson.out_order_no}/complete` }, kind: 'reset-after-effect' },
      { match: { method: 'GET', path: ORDERS }, kind: 'error-before-effect', count: 10 },
    )
    await expect(courses.complete(lesson)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await courses.simulated.faults()
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'completing' })
    await expect(courses.deliver([await letterOf(lesson)])).resolves.toEqual(['processed'])
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', amount_fen: 18_000 })
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  })

  test('early: after the completion was taken back, because WeChat Pay seemed to refuse it', async () => {
    const { lessons } = await courses.signed()
    const [lesson] = lessons
    await courses.start(lesson)
    const match = { method: 'POST', path: `${ORDERS}/${lesson.out_order_no}/complete` }
    await courses.simulated.faults({ match, kind: 'error-before-effect', status: 400, code: 'PARAM_ERROR' })
    await expect(courses.complete(lesson, 9_000)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
    // A packet that was under way all the time.
    const { complete_request, mchid, out_order_no } = await courses.row(lesson)
    await courses.ctx
      .wechat(mchid)
      .call(endpoints.completeServiceOrder, { path: { out_order_no }, body: JSON.parse(complete_request ?? '') })
    await expect(courses.deliver([await letterOf(lesson)])).resolves.toEqual(['processed'])
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', amount_fen: 9_000 })
  })

  test('crossing a cancel that is still wanted, it is faster', async () => {
    const { lesson, letter } = await deducted()
    const { db, clock } = courses.ctx
    await db
      .updateTable('lesson')
      .set({ state: 'cancelling', cancel_reason: '迟到', next_query_at: clock.now() })
      .where('id', '=', lesson.id)
      .execute()
    await courses.deliver([letter])
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid', next_query_at: null })
  })

  test('when the shopper pays on the page of WeChat Pay itself', async () => {
    const { lessons } = await courses.signed()
    await courses.switches({ payScoreDeduction: 'fails' })
    const lesson = await courses.given(lessons[0])
    await courses.advance(10)
    await courses.switches({ payScoreDeduction: 'succeeds' })
    box.letters.length = 0
    await courses.simulated.call('POST', `/payscore/orders/${lesson.out_order_no}/pay`, {})
    await expect.poll(() => box.letters.length).toBe(1)
    await expect(courses.deliver(box.letters)).resolves.toEqual(['processed'])
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'paid' })
  })
})

type Paid = schema.PaidServiceOrder
const [detailOf, withDetail] = [
  ({ collection }: Paid) => collection.details[0] ?? expect.unreachable(),
  (paid: Paid, change: object): Paid => ({
    ...paid,
    collection: { ...paid.collection, details: [{ ...detailOf(paid), ...change }] },
  }),
]

describe('what contradicts our own record settles nothing, and a person hears of it', () => {
  test.each<[string, (paid: Paid) => Paid, string]>([
    ['another sum', (paid) => ({ ...paid, total_amount: 1 }), 'evidence_mismatch'],
    ['another sum collected', (paid) => withDetail(paid, { amount: 1 }), 'evidence_mismatch'],
    ['another service', (paid) => ({ ...paid, service_id: '500001' }), 'evidence_mismatch'],
    ['another payer', (paid) => ({ ...paid, openid: 'oSomebodyElse' }), 'evidence_mismatch'],
    ['another mini-program', (paid) => ({ ...paid, appid: 'wx0000000000000002' }), 'evidence_mismatch'],
    ['another order of WeChat Pay', (paid) => ({ ...paid, order_id: '1' }), 'evidence_mismatch'],
    ['another merchant', (paid) => ({ ...paid, mchid: '1900000009' }), 'unknown_charge'],
    ["nobody's number", (paid) => ({ ...paid, out_order_no: 'nobody' }), 'unknown_charge'],
    ['no 微信订单号', (paid) => withDetail(paid, { transaction_id: undefined }), 'evidence_incomplete'],
    ['no time', (paid) => withDetail(paid, { paid_time: undefined }), 'evidence_incomplete'],
    ['a state that is no payment', (paid) => ({ ...paid, state: 'DOING' }), 'notification_without_payment'],
    ['a state of tomorrow', (paid) => ({ ...paid, state: 'PAID' }), 'notification_without_payment'],
  ])('%s', async (_what, lie, alarm) => {
    const { lesson, letter } = await deducted()
    const notification = await opened(letter)
    await expect(onPaid(courses.ctx, { ...notification, resource: lie(notification.resource) })).resolves.toBe('dead')
    expect(courses.alarms.map(({ kind }) => kind)).toEqual([alarm])
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 0, out: 0 })
    await expect(courses.row(lesson)).resolves.toMatchObject({ state: 'deducting' })
    // The truth still arrives.
    await expect(courses.deliver([letter])).resolves.toEqual(['processed'])
    await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 0 })
  })

  test('a payment of a lesson that nobody completed', async () => {
    const { letter } = await deducted()
    const { lessons, shopper } = await courses.signed()
    await courses.start(lessons[0])
    const notification = await opened(letter)
    const { out_order_no, order_id } = await courses.row(lessons[0])
    const { openid } = shopper.actor
    const resource = { ...notification.resource, out_order_no, openid, order_id: order_id ?? undefined }
    await expect(onPaid(courses.ctx, { ...notification, resource })).resolves.toBe('dead')
    expect(courses.alarmsOf('evidence_mismatch')).toMatchObject([{ detail: { fields: ['amountFen'] } }])
    await expect(courses.row(lessons[0])).resolves.toMatchObject({ state: 'in_service', amount_fen: null })
  })
})

test('money for a lesson that is cancelled by then is recorded, and goes back', async () => {
  const { lesson, letter } = await deducted()
  const { db, clock } = courses.ctx
  await db
    .updateTable('lesson')
    .set({ state: 'cancelled', cancelled_at: clock.now() })
    .where('id', '=', lesson.id)
    .execute()
  const [charge = expect.unreachable()] = await courses.chargesOf(lesson)
  await db.updateTable('charge').set({ state: 'closed', next_query_at: null }).where('id', '=', charge.id).execute()
  await expect(courses.deliver([letter])).resolves.toEqual(['processed'])
  await expect(courses.chargesOf(lesson)).resolves.toMatchObject([{ settlement: 'paid_after_close' }])
  await courses.simulated.call('POST', '/funds', { amountFen: 1_000_000 })
  await courses.advance(600)
  await courses.sweep()
  await courses.advance(600)
  await courses.sweep()
  await expect(courses.movedFen(lesson)).resolves.toEqual({ in: 18_000, out: 18_000 })
})
