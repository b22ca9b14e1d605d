import { fromCard, fromCode } from '@shouyin/miniprogram-host'
import { beforeAll, expect, test } from 'vitest'
import { COURSE, openTeacher, type Teacher } from '../support/course.ts'
import { inBothModes } from '../support/journey.ts'
import type { Phone } from '../support/miniprogram.ts'
import { callsOf, setNetwork } from '../support/steps.ts'
import { eventually } from '../support/wait.ts'

/** Of the page that a test's function runs in. */
declare const wx: object

const PLAN = 'products/payscore/pages/plan/index'
const COURSE_PAGE = 'products/payscore/pages/course/index'

inBothModes((shop) => {
  let teacher: Teacher
  let planId: string
  beforeAll(async () => {
    teacher = await openTeacher(shop.house)
    planId = (await teacher.sell()).id
  })

  const openPlan = (id = planId) => shop.open({ path: PLAN, query: { id } })
  const mine = async (phone: Phone, id = planId) => teacher.courseOf(id, await phone.launched.openid())
  const visits = async (phone: Phone, method = 'openBusinessView') => (await callsOf(phone, method)).length

  async function sign(phone: Phone): Promise<void> {
    await phone.tap('#sign')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
  }

  test('a plan is found on its shelf, and from the card that a friend sends', async () => {
    const friend = await shop.open()
    await friend.tap('#plans')
    await friend.tap(`#plan-${planId}`)
    await friend.sees('#plan-lesson-3', '送一节课')
    const card = await (await friend.page()).callMethod('onShareAppMessage', { from: 'menu' })
    expect(card).toMatchObject({ title: expect.stringContaining(COURSE.name) })
    const phone = await shop.open(fromCard(card.path))
    await sign(phone)
    expect(await mine(phone)).toMatchObject({ status: 'signed' })
  })

  test('a plan is signed from a code on a poster, whose scene is too short for an id with dashes', async () => {
    const scene = planId.replaceAll('-', '')
    expect(scene.length).toBeLessThanOrEqual(32)
    await sign(await shop.open(fromCode(PLAN, scene)))
  })

  test('the tap needs nobody’s answer: WeChat’s page opens while our server is out of reach', async () => {
    const phone = await openPlan()
    await phone.find('#sign')
    await setNetwork(phone, 'none')
    await phone.tap('#sign')
    await phone.find('#visit-sign')
    await setNetwork(phone, 'wifi')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
  })

  test('two quick taps open WeChat’s page once', async () => {
    const phone = await openPlan()
    const button = await phone.find('#sign')
    await Promise.all([button.tap(), button.tap()])
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
    expect(await visits(phone)).toBe(1)
  })

  test('a WeChat that is too old for the page goes there as to another mini-program; who declines has signed nothing', async () => {
    const phone = await openPlan()
    await phone.find('#sign')
    await phone.mini.evaluate(() => {
      Reflect.deleteProperty(wx, 'openBusinessView')
    })
    await phone.tap('#sign')
    await phone.tap('#jump-cancel')
    await phone.sees('#plan-status', '没有签约')
    await phone.tap('#sign')
    await phone.tap('#jump-allow')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
    expect([await visits(phone), await visits(phone, 'navigateToMiniProgram')]).toEqual([0, 2])
  })

  test('a WeChat that knows neither way says so', async () => {
    const phone = await openPlan()
    await phone.find('#sign')
    await phone.mini.evaluate(() => {
      for (const name of ['openBusinessView', 'navigateToMiniProgram']) Reflect.deleteProperty(wx, name)
    })
    await phone.tap('#sign')
    await phone.sees('#plan-status', '打不开支付分')
    expect(await mine(phone)).toMatchObject({ status: 'unsigned' })
  })

  test('a plan that is taken off sale while WeChat’s page is open is called so afterwards', async () => {
    const { id } = await teacher.sell({ ...COURSE, name: '只卖一会儿的课' })
    const phone = await openPlan(id)
    await phone.find('#sign')
    await teacher.merchant.ask('POST', `/plans/${id}/stop`, {})
    await phone.tap('#sign')
    await phone.tap('#visit-back')
    await phone.sees('#plan-status', '停售')
    expect(await phone.look('#sign')).toBeNull()
  })

  test('who signed although the app was ended meanwhile is led to the course at the next start', async () => {
    const phone = await openPlan()
    await phone.tap('#sign')
    await phone.find('#visit-sign')
    await shop.house.simulated.faults({ kind: 'lose-notification' })
    const { merchantSignPlanNo } = await mine(phone)
    await shop.house.simulated.call('POST', `/payscore/sign-plans/${merchantSignPlanNo}/sign`, {})
    const again = await shop.reopen(phone, { path: PLAN, query: { id: planId } })
    await again.arrives(COURSE_PAGE)
  })

  test('who has signed already reads the offer, and goes to the course from there', async () => {
    const phone = await openPlan()
    await sign(phone)
    const again = await shop.reopen(phone, { path: PLAN, query: { id: planId } })
    await again.sees('#plan-status', '你已经签约了')
    await again.tap('#course')
    await again.arrives(COURSE_PAGE)
  })

  test('an answer that is lost after the return is asked for again, and nothing wrong is said meanwhile', async () => {
    const phone = await openPlan()
    await phone.tap('#sign')
    const held = shop.api.hold(/^POST .*check$/, 'coming')
    await phone.tap('#visit-sign')
    await held.arrived
    await phone.sees('#plan-status', '正在确认')
    held.lose()
    await phone.arrives(COURSE_PAGE)
    await eventually(
      () => mine(phone),
      ({ status }) => status === 'signed',
      { what: 'the signed plan' },
    )
  })
})
