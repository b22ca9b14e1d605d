import { beforeAll, expect, test } from 'vitest'
import { COURSE, openTeacher, type Teacher } from '../support/course.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { eventually } from '../support/wait.ts'

const PLAN = 'products/payscore/pages/plan/index'
const COURSE_PAGE = 'products/payscore/pages/course/index'

interface ServiceOrder {
  readonly phase: string
  readonly totalFen: number | null
  readonly paidType: string | null
}

inBothModes((shop) => {
  let teacher: Teacher
  let planId: string
  beforeAll(async () => {
    teacher = await openTeacher(shop.house)
    planId = (await teacher.sell()).id
  })

  const openid = (phone: Phone) => phone.launched.openid()
  const courseOf = async (phone: Phone) => teacher.courseOf(planId, await openid(phone))
  const orderAt = (outOrderNo: string) =>
    shop.house.simulated.call<ServiceOrder>('GET', `/payscore/orders/${outOrderNo}`)

  /** From the share card of the plan through WeChat's own page to the course. */
  async function sign(phone: Phone): Promise<void> {
    await phone.tap('#sign')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
    await phone.sees('#course-status', '已签约')
  }

  const openPlan = () => shop.open({ path: PLAN, query: { id: planId } })

  /** The next lesson is taken and given; WeChat has its turn, and our server hears of it. */
  async function take(phone: Phone, number: number, until = 'paid') {
    const { lessons } = await courseOf(phone)
    const { id } = lessons[number - 1] ?? expect.unreachable()
    expect(await teacher.start(id)).toMatchObject({ status: 200, lesson: { status: 'in_service' } })
    expect(await teacher.complete(id)).toMatchObject({ status: 200 })
    await shop.house.simulated.advance(10)
    return teacher.reaches(id, until)
  }

  test('the price of every lesson is read before signing, and money moves lesson by lesson, the last one free', async () => {
    const phone = await openPlan()
    await phone.sees('#plan-lesson-1', '¥180.00')
    await phone.sees('#plan-lesson-2', '¥120.00')
    await phone.sees('#plan-lesson-2', '优惠60元')
    await phone.sees('#plan-lesson-3', '¥0.00')
    await sign(phone)
    await phone.sees('#lesson-1', '第一节课')

    const [first, second, third] = [await take(phone, 1), await take(phone, 2), await take(phone, 3)]
    expect(first).toMatchObject({ amountFen: 18000, paidBy: 'deduction', transactionId: expect.any(String) })
    expect(second).toMatchObject({ amountFen: 12000, paidBy: 'deduction', transactionId: expect.any(String) })
    expect(third).toMatchObject({ amountFen: 0, paidBy: 'free', transactionId: null })

    const course = await eventually(
      () => courseOf(phone),
      ({ status }) => status === 'completed',
      { what: 'the completed course' },
    )
    expect(course.lessons.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid'])
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${course.id}`)
    await phone.sees('#course-status', '已完成')
    await phone.sees('#lesson-2-status', '已扣款')
  })

  test('who leaves WeChat’s page has signed nothing, and may sign afterwards', async () => {
    const phone = await openPlan()
    await phone.tap('#sign')
    await phone.tap('#visit-back')
    await phone.sees('#plan-status', '没有签约')
    await sign(phone)
    expect(await courseOf(phone)).toMatchObject({ status: 'signed' })
  })

  test('a sign notice that is lost is found by the shopper’s return', async () => {
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    const phone = await openPlan()
    await sign(phone)
  })

  test('a deduction that does not succeed: the shopper pays another way, WeChat stops, nothing is collected twice', async () => {
    const phone = await openPlan()
    await sign(phone)
    await shop.house.simulated.setSwitches({ payScoreDeduction: 'fails' })
    try {
      const lesson = await take(phone, 1, 'deducting')
      await shop.reopen(phone, { path: COURSE_PAGE, query: { id: (await courseOf(phone)).id } }).then(async (again) => {
        await again.sees('#lesson-1-status', '待支付')
        await again.tap('#pay-lesson')
        await again.tap('#sheet-pay')
        await again.sees('#order-status', '已支付')
      })
      await shop.house.simulated.advance(10)
      expect(await teacher.reaches(lesson.id, 'paid')).toMatchObject({ paidBy: 'order', amountFen: 18000 })
      await eventually(
        () => orderAt(lesson.outOrderNo),
        ({ phase }) => phase === 'done',
        { what: 'the synchronised order' },
      )
      expect(await orderAt(lesson.outOrderNo)).toMatchObject({ paidType: 'MCH' })
    } finally {
      await shop.house.simulated.setSwitches({ payScoreDeduction: 'succeeds' })
    }
  })

  test('cancelling ends the lessons that were not taken; the one that is under way is still charged', async () => {
    const phone = await openPlan()
    await sign(phone)
    const { id, lessons } = await courseOf(phone)
    const [first, second] = lessons
    await teacher.start(first?.id ?? '')
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${id}`)
    await phone.tap('#cancel-plan')
    await phone.tap('#modal-confirm')
    await phone.sees('#course-status', '已取消')
    expect(await courseOf(phone)).toMatchObject({ status: 'cancelled' })
    expect(await teacher.start(second?.id ?? '')).toMatchObject({ status: 409 })
    await teacher.complete(first?.id ?? '')
    await shop.house.simulated.advance(10)
    expect(await teacher.reaches(first?.id ?? '', 'paid')).toMatchObject({ amountFen: 18000, paidBy: 'deduction' })
  })

  test('who withdraws the whole service at WeChat ends the plan', async () => {
    const phone = await openPlan()
    await sign(phone)
    await shop.house.simulated.call('POST', '/payscore/revoke-service', { openid: await openid(phone) })
    const ended = await eventually(
      () => courseOf(phone),
      ({ status }) => status === 'cancelled',
      { what: 'the end of the plan' },
    )
    expect(ended).toMatchObject({ cancelledBy: 'service' })
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${ended.id}`)
    await phone.sees('#course-status', '已取消')
  })

  test('a plan that is taken off sale between the tap and WeChat’s page cannot be signed, and the page says so', async () => {
    const plan = await teacher.sell({ ...COURSE, name: '周末体验课' })
    const phone = await shop.open({ path: PLAN, query: { id: plan.id } })
    await phone.find('#sign')
    await phone.sees('#plan-lesson-1', '第一节课')
    await teacher.merchant.ask('POST', `/plans/${plan.id}/stop`, {})
    await phone.tap('#sign')
    await phone.sees('[data-layer=visit]', '商家已停止该计划，不能再签约')
    await phone.tap('#visit-back')
    await phone.sees('#plan-status', '停售')
    expect(await teacher.signersOf(plan.id)).not.toContainEqual(expect.objectContaining({ status: 'signed' }))
  })
})
