import { beforeAll, expect, test } from 'vitest'
import { openTeacher, type Teacher } from '../support/course.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { hurry, openTab, salesOf } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

const PLAN = 'products/payscore/pages/plan/index'
const COURSE_PAGE = 'products/payscore/pages/course/index'

inBothModes((shop) => {
  let teacher: Teacher
  let planId: string
  beforeAll(async () => {
    teacher = await openTeacher(shop.house)
    planId = (await teacher.sell()).id
  })

  /** A phone that shows the course which its shopper has just signed; it looks for news without much waiting. */
  async function signed(): Promise<Phone> {
    const phone = await shop.open({ path: PLAN, query: { id: planId } })
    await hurry(phone)
    await phone.tap('#sign')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
    await phone.sees('#course-status', '已签约')
    return phone
  }
  const courseOf = async (phone: Phone) => teacher.courseOf(planId, await phone.launched.openid())
  const deductions = (payScoreDeduction: 'succeeds' | 'fails') =>
    shop.house.simulated.setSwitches({ payScoreDeduction })

  /** The first lesson is given, and WeChat cannot collect it. */
  async function owed(): Promise<{ phone: Phone; lessonId: string; courseId: string }> {
    const phone = await signed()
    const { id: courseId, lessons } = await courseOf(phone)
    const lessonId = lessons[0]?.id ?? ''
    await deductions('fails')
    for (const act of [teacher.start, (id: string) => teacher.complete(id)])
      await eventually(
        () => act(lessonId),
        ({ status }) => status === 200,
        { what: 'the lesson that was given' },
      )
    await shop.house.simulated.advance(10)
    await teacher.reaches(lessonId, 'deducting')
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${courseId}`)
    await phone.sees('#lesson-1-status', '待支付')
    await deductions('succeeds')
    return { phone, lessonId, courseId }
  }

  test('what is owed is read in my courses, and the way there begins on the shopper’s own page', async () => {
    const { phone, courseId } = await owed()
    await openTab(phone, 'shop')
    await phone.find('#plans')
    await phone.go('switchTab', 'shop/pages/me/index')
    await phone.tap('#my-courses')
    await phone.sees(`#course-${courseId}`, '第 1 节，共 3 节')
    await phone.sees(`#course-${courseId}`, '第 1 节待支付 ¥180.00')
    await phone.tap(`#course-${courseId}`)
    await phone.sees('#course-status', '已签约')
  })

  test('who pays on WeChat’s own page comes back to a lesson that is paid', async () => {
    const { phone, lessonId } = await owed()
    await phone.tap('#view-lesson')
    await phone.tap('#visit-pay')
    await phone.sees('#lesson-1-status', '已扣款')
    expect(await phone.look('#pay-lesson')).toBeNull()
    expect(await teacher.see(lessonId)).toMatchObject({ status: 'paid', amountFen: 18_000 })
  })

  test('two taps on paying make one order, and a closed sheet leaves it open', async () => {
    const { phone, lessonId } = await owed()
    await Promise.all([phone.tap('#pay-lesson'), phone.tap('#pay-lesson')])
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    const { orderId } = await teacher.see(lessonId)
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#lesson-1-status', '待支付')
    await phone.tap('#pay-lesson')
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '已支付')
    expect(await teacher.see(lessonId)).toMatchObject({ orderId, paidBy: 'order' })
    expect(await salesOf(shop.house, phone)).toMatchObject([{ tradeState: 'SUCCESS', amountFen: 18_000 }])
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#lesson-1-status', '已支付')
    await phone.find('#lesson-1-order')
  })

  test('a plan that the shop ends is shown ended without a tap', async () => {
    const phone = await signed()
    const { id } = await courseOf(phone)
    await teacher.merchant.ask('POST', `/sign-plans/${id}/stop`, { reason: '场馆装修' })
    await phone.sees('#course-status', '已取消')
    await phone.sees('page', '商家结束了计划')
    expect(await phone.look('#cancel-plan')).toBeNull()
  })
})
