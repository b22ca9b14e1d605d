import { beforeAll, expect, test } from 'vitest'
import { openTeacher, type Teacher } from '../support/course.ts'
import { inBothModes } from '../support/journey.ts'
import { openPupils } from '../support/pupil.ts'
import { openTab, salesOf } from '../support/steps.ts'

inBothModes((shop) => {
  let teacher: Teacher
  beforeAll(async () => {
    teacher = await openTeacher(shop.house)
  })
  const pupils = openPupils(shop, () => teacher)

  test('what is owed is read in my courses, and the way there begins on the shopper’s own page', async () => {
    const { phone, courseId } = await pupils.owing()
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
    const { phone, lesson } = await pupils.owing()
    await phone.tap('#view-lesson')
    await phone.tap('#visit-pay')
    await phone.sees('#lesson-1-status', '已扣款')
    expect(await phone.look('#pay-lesson')).toBeNull()
    expect(await teacher.see(lesson.id)).toMatchObject({ status: 'paid', amountFen: 18_000 })
  })

  test('two taps on paying make one order, and a closed sheet leaves it open', async () => {
    const { phone, lesson } = await pupils.owing()
    await Promise.all([phone.tap('#pay-lesson'), phone.tap('#pay-lesson')])
    await phone.tap('#sheet-cancel')
    await phone.sees('#order-status', '待支付')
    const { orderId } = await teacher.see(lesson.id)
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#lesson-1-status', '待支付')
    await phone.tap('#pay-lesson')
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '已支付')
    expect(await teacher.see(lesson.id)).toMatchObject({ orderId, paidBy: 'order' })
    expect(await salesOf(shop.house, phone)).toMatchObject([{ tradeState: 'SUCCESS', amountFen: 18_000 }])
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#lesson-1-status', '已支付')
    await phone.find('#lesson-1-order')
  })

  test('a plan that the shop ends is shown ended without a tap', async () => {
    const { phone, courseId } = await pupils.signed()
    await teacher.merchant.ask('POST', `/sign-plans/${courseId}/stop`, { reason: '场馆装修' })
    await phone.sees('#course-status', '已取消')
    await phone.sees('page', '商家结束了计划')
    expect(await phone.look('#cancel-plan')).toBeNull()
  })
})
