import { Openid, text } from '@shouyin/wechatpay-core/contract'
import { DISCOUNT_CARD_APPID, PAY_SCORE_APPID } from '@shouyin/wechatpay-core/protocol'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { cardActions, navigateToDiscountCard } from '../products/discount-card/user/visit/visit.ts'
import {
  navigateToPayScore,
  openBusinessView,
  payScoreActions,
  type VisitResult,
} from '../products/payscore/user/visit/visit.ts'
import { checkInput, membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'
import { recordWrongSign } from './record-wrong-sign.ts'

const actionOf = (actions: readonly string[]) => v.picklist(actions, `must be one of ${actions.join(', ')}`)
// The phone itself judges the types of these, see openBusinessView.
const anything = v.optional(v.unknown())
const visitor = { appid: text(32), openid: Openid }
const BusinessView = v.strictObject({
  ...visitor,
  action: actionOf(payScoreActions),
  businessType: anything,
  extraData: anything,
})
const Navigation = v.strictObject({
  ...visitor,
  action: text(32),
  appId: text(32),
  path: anything,
  extraData: anything,
})

/** WeChat's own mini-programs. */
const miniPrograms = [
  { appId: PAY_SCORE_APPID, name: '微信支付分', actions: payScoreActions, navigate: navigateToPayScore },
  {
    appId: DISCOUNT_CARD_APPID,
    name: '先享卡',
    actions: cardActions,
    navigate: (world: World, given: Parameters<typeof navigateToDiscountCard>[1]): VisitResult => ({
      answer: navigateToDiscountCard(world, given),
      wrongSign: null,
    }),
  },
]

/** WeChat's own pages, as `wx.openBusinessView` and `wx.navigateToMiniProgram` open them. */
export function visits(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/client/open-business-view', async (c) => {
    const { world } = membershipOf(c, simulator)
    const given = await readInput(c, BusinessView)
    return answer(c, world, { path: 'open-business-view', given }, openBusinessView(world, given))
  })
  app.post('/client/navigate-to-mini-program', async (c) => {
    const { world } = membershipOf(c, simulator)
    const given = await readInput(c, Navigation)
    const { actions, navigate } = miniProgramOf(given.appId)
    checkInput(v.looseObject({ action: actionOf(actions) }), given)
    return answer(c, world, { path: 'navigate-to-mini-program', given }, navigate(world, given))
  })
  return app
}

function miniProgramOf(appId: string) {
  const found = miniPrograms.find((one) => one.appId === appId)
  if (found) return found
  const known = miniPrograms.map((one) => `${one.appId} (${one.name})`).join(' and ')
  const message = `the mini-program ${appId} is not simulated: only ${known} are`
  throw new Problem(404, 'MINI_PROGRAM_NOT_FOUND', message, 'appId')
}

function answer(
  c: Context<Env>,
  world: World,
  call: { readonly path: string; readonly given: object },
  result: VisitResult,
) {
  const { answer, wrongSign } = result
  if (wrongSign) recordWrongSign(world, { ...call, ...wrongSign, answer, reason: 'SIGNATURE_INVALID' })
  return c.json(answer)
}
