import { beforeAll, expect, test } from 'vitest'
import { COURSE, openTeacher, type Teacher } from '../support/course.ts'
import { inBothModes } from '../support/journey.ts'
import { COURSE_PAGE, MY_COURSES, openPupils, PLAN_PAGE } from '../support/pupil.ts'
import { readAlong, saleOf, setNetwork } from '../support/steps.ts'

/** While only WeChat knows: nothing that is signed is called unsigned, and nothing that is collected is called unpaid. */
inBothModes((shop) => {
  let teacher: Teacher
  beforeAll(async () => {
    teacher = await openTeacher(shop.house)
  })
  const pupils = openPupils(shop, () => teacher)
  const loseNotices = () => shop.house.simulated.faults({ kind: 'lose-notification' })
  const deduct = (outOrderNo: string) =>
    shop.house.simulated.call('POST', `/payscore/orders/${outOrderNo}/deduct`, { result: 'succeed' })

  test('the app is ended over WeChat’s page, where the plan is signed: it is among my courses all the same', async () => {
    const { id: planId } = await teacher.sell(COURSE)
    const phone = await shop.open({ path: PLAN_PAGE, query: { id: planId } })
    await phone.tap('#sign')
    await phone.find('#visit-sign')
    await loseNotices()
    const { id, merchantSignPlanNo } = await pupils.courseOf(phone, planId)
    await shop.house.simulated.call('POST', `/payscore/sign-plans/${merchantSignPlanNo}/sign`, {})
    const lost = shop.api.hold(/check$/, 'going')
    const again = await shop.reopen(phone, { path: MY_COURSES })
    await lost.arrived
    lost.lose()
    await again.sees('page', '签约还在确认')
    await again.tap('#ask')
    await again.sees(`#course-${id}`, '已签约')
  })

  test('the plan’s page does not call it unsigned before it was asked, nor when it could not be asked', async () => {
    const { phone, planId } = await pupils.signed()
    const held = shop.api.hold(/^POST .*sign-plans$/, 'going')
    await phone.go('reLaunch', `${PLAN_PAGE}?id=${planId}`)
    await held.arrived
    expect(await phone.text('page')).not.toMatch(/没有签约|没有收钱/)
    held.lose()
    await phone.sees('#plan-status', '还不能签约')
    expect(await phone.text('page')).not.toMatch(/没有签约|没有收钱/)
    await phone.tap('#ask')
    await phone.sees('#plan-status', '你已经签约了')
  })

  test('paid on WeChat’s page, and nobody can be asked: neither the course nor my courses call it unpaid', async () => {
    const { phone, courseId, lesson } = await pupils.owing()
    await phone.mini.callWxMethod('redirectTo', { url: `/${MY_COURSES}` })
    await phone.tap(`#course-${courseId}`)
    await phone.find('#pay-lesson')
    const held = shop.api.hold(/check$/, 'going')
    await phone.tap('#view-lesson')
    await phone.tap('#visit-pay')
    await held.arrived
    const reader = readAlong(phone)
    await setNetwork(phone, 'none')
    held.lose()
    await phone.sees('page', '没有问到')
    expect(await phone.look('#pay-lesson')).toBeNull()
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#stale', '之前的内容')
    await phone.sees(`#course-${courseId}`, '第 1 节待核实')
    await teacher.reaches(lesson.id, 'paid')
    await setNetwork(phone, 'wifi')
    await phone.sees(`#course-${courseId}`, '上了 1 节')
    await reader.expectTrue('paid')
  })

  test('killed over the sheet that pays a lesson: the course leads to the order, and is paid once', async () => {
    const { phone, courseId, lesson } = await pupils.owing()
    await phone.tap('#pay-lesson')
    await phone.find('#sheet-pay')
    await shop.house.simulated.faults(
      { kind: 'lose-notification' },
      { kind: 'error-before-effect', match: { method: 'GET', path: '/v3/pay/*' }, count: 100 },
    )
    await shop.house.simulated.pay((await saleOf(shop.house, phone)).outTradeNo)
    const again = await shop.reopen(phone, { path: COURSE_PAGE, query: { id: courseId } })
    const reader = readAlong(again)
    await again.find('#see-order')
    await shop.house.simulated.call('DELETE', '/faults')
    await again.tap('#see-order')
    await again.sees('#order-status', '已支付')
    await again.mini.callWxMethod('navigateBack', {})
    await again.sees('#lesson-1-status', '已支付')
    await reader.expectTrue('paid')
    expect(await teacher.see(lesson.id)).toMatchObject({ status: 'paid', paidBy: 'order' })
  })

  test('the deduction and an order both succeed: the lesson says what goes back by itself', async () => {
    const { phone, courseId, lesson } = await pupils.owing()
    await phone.tap('#pay-lesson')
    await phone.find('#sheet-pay')
    await shop.house.simulated.faults({
      ...{ kind: 'error-before-effect', match: { path: '/v3/payscore/serviceorder*' }, count: 50 },
    })
    await phone.tap('#sheet-pay')
    await phone.sees('#order-status', '已支付')
    await deduct(lesson.outOrderNo)
    await shop.house.simulated.call('DELETE', '/faults')
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${courseId}`)
    await phone.sees('#lesson-1', '多收的 ¥180.00')
    const sales = await shop.house.simulated.transactions()
    expect(sales.filter(({ amountFen }) => amountFen === 18_000).length).toBeGreaterThanOrEqual(2)
  })

  test('an older answer about my courses changes nothing that is known by now', async () => {
    const { phone, courseId, lesson } = await pupils.owing()
    const old = shop.api.hold(/^GET \/api\/sign-plans(\?|$)/, 'coming')
    await phone.mini.callWxMethod('navigateTo', { url: `/${MY_COURSES}` })
    await old.arrived
    await deduct(lesson.outOrderNo)
    await phone.mini.callWxMethod('navigateBack', {})
    await phone.sees('#lesson-1-status', '已扣款')
    const reader = readAlong(phone)
    old.release()
    await phone.mini.callWxMethod('navigateTo', { url: `/${MY_COURSES}` })
    await phone.sees(`#course-${courseId}`, '上了 1 节')
    await reader.expectTrue('paid')
  })
})
