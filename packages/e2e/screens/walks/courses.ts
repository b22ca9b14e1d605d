import type { Rule } from '../network.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const MINE = 'products/payscore/pages/mine/index'
const coursePage = (id: string) => `/products/payscore/pages/course/index?id=${id}`
const LIST = /GET \/api\/sign-plans$/
const CHECK = /POST .*sign-plans\/.*\/check$/
/** Whatever says how a course stands. */
const COURSE = /sign-plans\/[^/]+(\/check)?$/
const SLOW_MS = 1000

const status = (phone: Phone, text: string, stepMs?: number) => phone.see('#course-status', text, stepMs)

/** What the shopper has signed, and a course in every state. */
export async function courses(stage: Stage): Promise<void> {
  await list(stage)
  await states(stage)
  await underWay(stage)
  await cancelling(stage)
  await others(stage)
}

async function list({ phone, shot, shop, shopper }: Stage): Promise<void> {
  const many = await phone(shop.pupil.openid)
  await many.tap('.tab >> text=我的')
  await many.tap('#my-courses')
  await many.see(`#course-${shop.courses.fresh}`)
  await shot(many, 'courses')
  await many.scrollToEnd()
  await shot(many, 'courses at their end')
  const cases: [name: string, openid: string, sees: string, rule?: Rule][] = [
    ['courses empty', shopper.openid, 'text=还没有课程'],
    ['courses loading', shop.pupil.openid, '[aria-label=正在加载]', { call: LIST, does: 'hold' }],
    ['courses offline', shop.pupil.openid, 'text=再试一次', { call: LIST, does: 'drop' }],
    ['courses failing', shop.pupil.openid, 'text=再试一次', { call: LIST, does: 'fail' }],
  ]
  for (const [name, openid, sees, rule] of cases) {
    const one = await phone(openid, { path: MINE, rules: rule ? [rule] : [] })
    await one.see(sees)
    await shot(one, name)
  }
}

async function states({ phone, shot, shop }: Stage): Promise<void> {
  const cases: [name: keyof typeof shop.courses, status: string][] = [
    ['fresh', '已签约'],
    ['inService', '已签约'],
    ['byOrder', '已签约'],
    ['refunded', '已签约'],
    ['unsigned', '还没有签约'],
    ['completed', '已完成'],
    ['byShopper', '已取消'],
    ['byShop', '已取消'],
    ['expired', '已到期'],
    ['lapsed', '没有签约'],
  ]
  const one = await phone(shop.pupil.openid, { path: MINE })
  for (const [name, says] of cases) {
    await one.open(coursePage(shop.courses[name]))
    await status(one, says)
    await shot(one, `course ${name}`)
    await one.tap('[aria-label=返回]')
  }
}

/** A lesson that WeChat does not get paid. */
async function underWay({ phone, shot, shop }: Stage): Promise<void> {
  const id = shop.courses.deducting
  const one = await phone(shop.pupil.openid, { path: coursePage(id) })
  await one.see('#view-lesson')
  await one.see('#pay-lesson')
  await shot(one, 'course deducting')
  one.network.set({ call: /POST .*lessons\/.*\/order$/, does: 'hold' })
  await one.tap('#pay-lesson')
  await one.see('text=正在打开')
  await shot(one, 'course ordering')
  one.network.set()
  await one.see('#sheet-amount')
  await shot(one, 'lesson on the payment sheet')
  await one.tap('#sheet-cancel')
  await one.see('#order-status', '待支付')
  await one.tap('[aria-label=返回]')
  await status(one, '已签约')
  await one.tap('#view-lesson')
  await one.see('[data-layer=visit]')
  await shot(one, "WeChat's page of a lesson")
  const patient = await phone(shop.pupil.openid, { path: coursePage(id) })
  await patient.see('text=再查一次', undefined, SLOW_MS)
  await shot(patient, 'course waiting')
}

async function cancelling({ phone, shot, shop }: Stage): Promise<void> {
  const one = await phone(shop.pupil.openid, { path: coursePage(shop.courses.inService) })
  await one.tap('#cancel-plan')
  await one.see('.host-modal-box')
  await shot(one, 'question before cancelling a plan')
  one.network.set({ call: /POST .*\/cancel$/, does: 'hold' })
  await one.tap('.host-modal-box >> text=取消计划')
  await one.see('text=正在请微信支付取消计划')
  await shot(one, 'course cancelling on the phone')
}

async function others({ phone, shot, shop }: Stage): Promise<void> {
  const say = (from: RegExp, to: string): Rule => ({ call: COURSE, does: (json) => json.replace(from, to) })
  const { fresh, unsigned, byShop, byOrder, deducting } = shop.courses
  const cases: [name: string, id: string, sees: string, ...rules: Rule[]][] = [
    ['course checking', fresh, '已签约', { call: CHECK, does: 'hold' }],
    ['course confirming', unsigned, '正在确认', say(/"confirming":false/, '"confirming":true')],
    ['course cancelling', fresh, '正在取消', say(/"signed"/, '"cancelling"')],
    ['course refused', unsigned, '签约没有成功', say(/"unsigned"/, '"failed"')],
    ['course cancelled by the service', byShop, '已取消', say(/"shop"/, '"service"')],
    ['course of tomorrow', fresh, '请更新小程序', say(/"signed"/, '"paused"')],
    ['lesson of tomorrow', fresh, '已签约', say(/"unused"/, '"paused"')],
    ['lesson completing', fresh, '已签约', say(/"unused"/, '"completing"')],
    ['lesson cancelling', fresh, '已签约', say(/"unused"/, '"cancelling"')],
    ['lesson that nobody can be asked about', deducting, '已签约', { call: CHECK, does: 'drop' }],
    ['lesson collected twice', byOrder, '已签约', say(/"extraFen":0/, '"extraFen":18000')],
    ['course unreachable', fresh, '已签约', { call: CHECK, does: 'drop' }],
  ]
  for (const [name, id, sees, ...rules] of cases) {
    const one = await phone(shop.pupil.openid, { path: coursePage(id), rules })
    await status(one, sees)
    if (rules.some(({ does }) => does === 'drop')) await one.see('text=没有问到')
    await shot(one, name)
  }
  const gone = await phone(shop.pupil.openid, { path: coursePage('00000000-0000-7000-8000-000000000000') })
  await gone.see('text=找不到了')
  await shot(gone, 'course not found')
  const offline = await phone(shop.pupil.openid, {
    path: coursePage(fresh),
    rules: [{ call: COURSE, does: 'drop' }],
  })
  await offline.see('text=再试一次')
  await shot(offline, 'course offline')
}
