import { openTeacher } from '../../support/course.ts'
import type { Rule } from '../network.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stage.ts'

const PLANS = 'products/payscore/pages/plans/index'
const PLAN = 'products/payscore/pages/plan/index'
const PREPARE: Rule = { call: /POST .*\/sign-plans$/, does: 'hold' }
const CHECK: Rule = { call: /POST .*\/check$/, does: 'hold' }
/** As long as the table takes, with what a plan may look like at most. */
const LONG = {
  name: '少儿羽毛球启蒙与提高系列课程寒假班十节',
  durationDays: 365,
  lessons: [
    {
      name: '握拍与步法入门以及身体协调训练基础课',
      originalFen: 999_900,
      priceFen: 888_800,
      discount: '新学员首节立减一千一百一十一元整',
    },
    { name: '第二节课', originalFen: 999_900, priceFen: 888_800 },
    { name: '第三节课', originalFen: 1, priceFen: 0, discount: '送一节课' },
  ],
}

const status = (phone: Phone, text: string, stepMs?: number) => phone.see('#plan-status', text, stepMs)

/** The offer of a plan, and every view of its signing. */
export async function plans(stage: Stage): Promise<void> {
  const { phone, shot, shop, shopper } = stage
  const empty = await phone(shopper.openid, {
    path: PLANS,
    rules: [{ call: /GET \/api\/plans$/, does: () => '{"plans":[]}' }],
  })
  await empty.see('text=还没有课程计划')
  await shot(empty, 'no plans')
  const teacher = await openTeacher(shop.house)
  const { id } = await teacher.sell()
  const long = await teacher.sell(LONG)
  const shelf = await phone(shopper.openid)
  await shelf.tap('#plans')
  await shelf.see(`#plan-${id}`)
  await shot(shelf, 'plans')
  await signing(stage, id)
  await refusals(stage, id)
  const wide = await phone(shopper.openid, { path: `${PLAN}?id=${long.id}` })
  await wide.see('#sign')
  await shot(wide, 'plan with long names')
  await teacher.merchant.ask('POST', `/plans/${long.id}/stop`, {})
  const stopped = await phone(shopper.openid, { path: `${PLAN}?id=${long.id}` })
  await status(stopped, '停售')
  await shot(stopped, 'plan stopped')
  // The next width finds the shelf as this one did.
  await teacher.merchant.ask('POST', `/plans/${id}/stop`, {})
}

async function signing({ phone, shot, shop }: Stage, id: string): Promise<void> {
  const { openid } = await shop.shopper()
  const one = await phone(openid, { path: `${PLAN}?id=${id}`, rules: [PREPARE] })
  await status(one, '正在准备')
  await shot(one, 'plan preparing')
  one.network.set()
  await one.see('#sign')
  await shot(one, 'plan')
  await one.scrollToEnd()
  await shot(one, 'plan, its end')
  await one.tap('#sign')
  await one.see('#visit-sign')
  await shot(one, "WeChat's sign page")
  one.network.set(CHECK)
  await one.tap('#visit-back')
  await status(one, '正在确认')
  await shot(one, 'plan confirming')
  one.network.set(PREPARE)
  await status(one, '没有签约')
  await shot(one, 'plan unsigned, preparing')
  one.network.set()
  await one.see('#sign')
  await shot(one, 'plan unsigned')
  one.network.set({ ...CHECK, does: 'drop' })
  await one.tap('#sign')
  await one.tap('#visit-sign')
  await status(one, '结果还在确认', 500)
  await shot(one, 'plan unconfirmed')
  one.network.set()
  const enrolled = await phone(openid, { path: `${PLAN}?id=${id}` })
  await status(enrolled, '你已经签约了')
  await shot(enrolled, 'plan signed already')
}

async function refusals({ phone, shot, shopper }: Stage, id: string): Promise<void> {
  const changed = (from: string, to: string): Rule => ({ ...CHECK, does: (json) => json.replace(from, to) })
  const offline = await phone(shopper.openid, { path: `${PLAN}?id=${id}`, rules: [{ ...PREPARE, does: 'drop' }] })
  await status(offline, '还不能签约')
  await shot(offline, 'plan offline')
  const cases: [name: string, sees: string, rule: Rule][] = [
    ['plan lapsed', '签约过时了', changed('"unsigned"', '"lapsed"')],
    ['plan ended', '已经结束', changed('"unsigned"', '"cancelled"')],
    ['plan unknown', '请更新小程序', changed('"unsigned"', '"archived"')],
  ]
  for (const [name, sees, rule] of cases) {
    const one = await phone(shopper.openid, { path: `${PLAN}?id=${id}`, rules: [rule] })
    await one.tap('#sign')
    await one.tap('#visit-back')
    await status(one, sees)
    await shot(one, name)
  }
  const gone = await phone(shopper.openid, { path: `${PLAN}?id=gone` })
  await gone.see('text=找不到了')
  await shot(gone, 'plan that is not there')
  const large = await phone(shopper.openid, { path: `${PLAN}?id=${id}` })
  await large.see('#sign')
  await large.setTextSize(23)
  await shot(large, 'plan, large')
  await large.tap('#sign')
  await large.tap('#visit-back')
  await large.see('#sign')
  await status(large, '没有签约')
  await shot(large, 'plan unsigned, large')
}
