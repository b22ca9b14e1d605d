import { COURSE, type SignPlan, type Teacher } from '../support/course.ts'
import type { House } from '../support/house.ts'
import { eventually } from '../support/wait.ts'
import type { Shopper } from './client.ts'

/** A little more than a deduction takes: all of them together are less than the minute that a phone shows. */
const DEDUCTION_SECONDS = 5
/** Longer than a gallery takes to make. */
const NEVER_SECONDS = 20 * 86_400

interface Place {
  readonly house: House
  readonly shopper: Shopper
  readonly teacher: Teacher
}

/** A plan of its own for every course: a shopper has each once. */
const named = (name: string, change: object = {}) => ({ ...COURSE, name, ...change })

/** What ends by its day: before two days pass. @returns ids of the shopper's plans */
export async function fillOldCourses(place: Place) {
  const expired = await signed(place, named('体验周3节', { durationDays: 1 }))
  await give(place, expired, 1)
  const { id: lapsed } = await offered(place, named('网球课3节'))
  return { expired: expired.id, lapsed }
}

/** Courses of today, one in each state. @returns ids of the shopper's plans, newest last */
export async function fillCourses(place: Place) {
  const { house, shopper } = place
  const { id: unsigned } = await offered(place, named('游泳课3节'))
  const refunded = await signed(place, named('瑜伽课3节'))
  for (const number of [1, 2]) await give(place, refunded, number)
  await refund(place, refunded, 1, 18_000)
  await refund(place, refunded, 2, 5000)
  const completed = await signed(place, named('乒乓球课3节'))
  for (const number of [1, 2, 3]) await give(place, completed, number)
  const byShop = await signed(place, named('击剑课3节'))
  await askMerchant(place, `/sign-plans/${byShop.id}/stop`, { reason: '场馆装修' })
  const byShopper = await signed(place, named('篮球课3节'))
  await begin(place, byShopper, 1)
  await shopper.ask('POST', `/sign-plans/${byShopper.id}/cancel`, {})
  await house.simulated.setSwitches({ payScoreDeduction: 'fails', payScoreRetrySeconds: NEVER_SECONDS })
  const byOrder = await signed(place, named('普拉提课3节'))
  await give(place, byOrder, 1, 'deducting')
  await payItself(place, byOrder)
  const deducting = await signed(place, named('羽毛球课3节'))
  await give(place, deducting, 1, 'deducting')
  const inService = await signed(place, named('拳击课3节'))
  await begin(place, inService, 1)
  const fresh = await signed(place, named('攀岩课3节'))
  return {
    unsigned,
    refunded: refunded.id,
    completed: completed.id,
    byShop: byShop.id,
    byShopper: byShopper.id,
    byOrder: byOrder.id,
    deducting: deducting.id,
    inService: inService.id,
    fresh: fresh.id,
  }
}

async function askMerchant({ teacher }: Place, path: string, body: object): Promise<unknown> {
  const answer = await teacher.merchant.ask('POST', path, body)
  if (answer.status > 299) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Bought, and not yet confirmed on WeChat's page. */
async function offered({ shopper, teacher }: Place, plan: object): Promise<SignPlan> {
  const { id } = await teacher.sell(plan)
  await shopper.ask('POST', `/plans/${id}/sign-plans`, {})
  return teacher.courseOf(id, shopper.openid)
}

async function signed(place: Place, plan: object): Promise<SignPlan> {
  const course = await offered(place, plan)
  await place.house.simulated.call('POST', `/payscore/sign-plans/${course.merchantSignPlanNo}/sign`, {})
  await place.shopper.ask('POST', `/sign-plans/${course.id}/check`, {})
  return course
}

const lessonOf = (course: SignPlan, number: number) => {
  const lesson = course.lessons[number - 1]
  if (!lesson) throw new Error(`course ${course.id} has no lesson ${number}`)
  return lesson
}

const begin = ({ teacher }: Place, course: SignPlan, number: number) =>
  eventually(
    () => teacher.start(lessonOf(course, number).id),
    ({ status }) => status === 200,
    { what: `lesson ${number} begun` },
  )

async function give(place: Place, course: SignPlan, number: number, until = 'paid'): Promise<void> {
  const { id } = lessonOf(course, number)
  await begin(place, course, number)
  await eventually(
    () => place.teacher.complete(id),
    ({ status }) => status === 200,
    { what: `lesson ${number} completed` },
  )
  await place.house.simulated.advance(DEDUCTION_SECONDS)
  await place.teacher.reaches(id, until)
}

/** The shopper pays a lesson that WeChat could not collect. */
async function payItself({ shopper, teacher, house }: Place, course: SignPlan): Promise<void> {
  const { id } = lessonOf(course, 1)
  const order = await shopper.ask<{ id: string }>('POST', `/lessons/${id}/order`, {})
  await (await shopper.startPaying(order.id)).pay()
  await teacher.reaches(id, 'paid')
  await house.simulated.advance(DEDUCTION_SECONDS)
}

async function refund(place: Place, course: SignPlan, number: number, amountFen: number): Promise<void> {
  const { house, teacher } = place
  const { id, outOrderNo } = lessonOf(course, number)
  const made = await askMerchant(place, `/charges/${outOrderNo}/refunds`, { amountFen, reason: '顾客改期' })
  const { outRefundNo } = made as { outRefundNo: string }
  await eventually(
    () =>
      house.simulated.call('POST', `/refunds/${outRefundNo}/finish`, { status: 'SUCCESS' }).then(
        () => true,
        () => false,
      ),
    (isThere) => isThere,
    { what: `the refund of lesson ${number} at WeChat Pay` },
  )
  await eventually(
    () => teacher.see(id),
    ({ refundedFen }) => refundedFen === amountFen,
    { what: 'the refund' },
  )
}
