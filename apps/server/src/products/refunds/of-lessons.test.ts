import { randomUUID } from 'node:crypto'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processInbox } from '../../kernel/inbox.ts'
import type { Charge } from '../../ledger/table.ts'
import { handlers } from '../../products.ts'
import { type Course, type Courses, openCourses } from '../../testing/courses.ts'
import { openLetterBox } from '../../testing/letters.ts'
import { deliverRefunds } from '../../testing/refunds.ts'
import { getRefund } from './get.ts'
import { refundCharge } from './refund-charge.ts'

type Lesson = Course['lessons'][number]

/** Refunds of what WeChat Pay deducted: its answers and notices carry a 商户订单号 of its own. */
let box: Awaited<ReturnType<typeof openLetterBox>>
let courses: Courses
beforeAll(async () => {
  box = await openLetterBox()
  courses = await openCourses({ notifyBaseUrl: box.url })
  await courses.simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await courses.simulated.call('PUT', '/switches', { refundMinGapSeconds: 0 })
}, 120_000)
afterAll(async () => {
  await courses?.close()
  await box?.close()
})

async function deducted(): Promise<{ lesson: Lesson; charge: Charge }> {
  const { lessons } = await courses.signed()
  const lesson = await courses.given(lessons[0])
  await courses.advance(15)
  await courses.sweep()
  const [charge] = await courses.chargesOf(lesson)
  return { lesson, charge: charge ?? expect.unreachable() }
}
const giveBack = (number: string, amountFen?: number) =>
  refundCharge(
    { ...courses.lin, idempotencyKey: randomUUID() },
    { number, reason: '教练迟到', ...(amountFen !== undefined && { amountFen }) },
  )
/** What WeChat Pay calls it. */
async function numberAtWechat({ transaction_id }: Charge): Promise<string> {
  const all = await courses.simulated.call<{ transactions: { outTradeNo: string; transactionId: string }[] }>(
    'GET',
    '/transactions',
  )
  return all.transactions.find(({ transactionId }) => transactionId === transaction_id)?.outTradeNo ?? ''
}
const refundsOf = ({ id }: Charge) =>
  courses.ctx.db.selectFrom('refund').selectAll().where('charge_id', '=', id).orderBy('id').execute()

test('by 商户服务订单号 and by 微信订单号: accepted, asked about, in the books and in the view', async () => {
  const { lesson, charge } = await deducted()
  expect(await numberAtWechat(charge)).not.toBe(lesson.out_order_no)
  const first = await giveBack(lesson.out_order_no, 8000)
  expect(first).toMatchObject({
    state: 'processing',
    orderId: null,
    outTradeNo: lesson.out_order_no,
    transactionId: charge.transaction_id,
    amountFen: 8000,
  })
  expect(await giveBack(charge.transaction_id ?? '')).toMatchObject({ state: 'processing', amountFen: 10_000 })
  await courses.advance(60)
  await courses.sweep()
  expect(await getRefund(courses.lin, { id: first.id })).toMatchObject({ state: 'succeeded' })
  expect(await courses.movedFen(lesson)).toEqual({ in: 18_000, out: 18_000 })
  await expect(giveBack(lesson.out_order_no, 1)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER' })
  expect(courses.alarmsOf('refund_mismatch')).toEqual([])
})

test('by notice, with a number that we never made', async () => {
  const { lesson, charge } = await deducted()
  const refund = await giveBack(lesson.out_order_no, 500)
  box.letters.length = 0
  await courses.advance(60)
  expect(await deliverRefunds(courses, box.letters)).toEqual(['processed'])
  expect(await refundsOf(charge)).toMatchObject([{ id: refund.id, state: 'succeeded' }])
  expect(await courses.movedFen(lesson)).toEqual({ in: 18_000, out: 500 })
})

test('made by another program of the merchant is adopted by its notice', async () => {
  const { lesson, charge } = await deducted()
  const { mchid } = courses.ctx.config
  box.letters.length = 0
  await courses.ctx.wechat(mchid).call(endpoints.create, {
    body: {
      transaction_id: charge.transaction_id ?? '',
      out_refund_no: `theirs-${randomUUID().slice(0, 8)}`,
      notify_url: new URL(`/wechatpay/notifications/${mchid}/refunds`, box.url).href,
      amount: { refund: 700, total: 18_000, currency: 'CNY' },
    },
  })
  await courses.advance(60)
  expect(await deliverRefunds(courses, box.letters)).toEqual(['processed'])
  expect(await refundsOf(charge)).toMatchObject([{ cause: 'foreign', amount_fen: 700, state: 'succeeded' }])
  expect(await courses.movedFen(lesson)).toEqual({ in: 18_000, out: 700 })
})

test('a lesson that was paid with an order goes back by the number of that', async () => {
  await courses.switches({ payScoreDeduction: 'fails' })
  const course = await courses.signed()
  const lesson = await courses.given(course.lessons[0])
  const outTradeNo = await courses.tapOrder(course, lesson)
  await courses.simulated.pay(outTradeNo)
  await courses.advance(60)
  await courses.sweep()
  await processInbox(courses.ctx, handlers)
  await courses.switches({ payScoreDeduction: 'succeeds' })
  expect(await courses.row(lesson)).toMatchObject({ state: 'paid' })
  expect(await giveBack(outTradeNo)).toMatchObject({ outTradeNo, amountFen: 18_000, state: 'processing' })
  // Nothing was deducted, so nothing of that can go back.
  await expect(giveBack(lesson.out_order_no)).rejects.toMatchObject({ code: 'CHARGE_NOT_PAID' })
})
