import { Openid, text } from '@shouyin/wechatpay-core/contract'
import { PAY_SCORE_APPID } from '@shouyin/wechatpay-core/protocol'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import {
  navigateToPayScore,
  openBusinessView,
  type VisitResult,
  visitActions,
} from '../products/payscore/user/visit/visit.ts'
import { membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'
import { recordWrongSign } from './record-wrong-sign.ts'

// The phone itself judges the types of these, see openBusinessView.
const anything = v.optional(v.unknown())
const visitor = {
  appid: text(32),
  openid: Openid,
  action: v.picklist(visitActions, `must be one of ${visitActions.join(', ')}`),
}
const BusinessView = v.strictObject({ ...visitor, businessType: anything, extraData: anything })
const Navigation = v.strictObject({ ...visitor, appId: text(32), path: anything, extraData: anything })

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
    const { appId } = given
    if (appId !== PAY_SCORE_APPID) {
      const message = `the mini-program ${appId} is not simulated: only ${PAY_SCORE_APPID} (微信支付分) is`
      throw new Problem(404, 'MINI_PROGRAM_NOT_FOUND', message, 'appId')
    }
    return answer(c, world, { path: 'navigate-to-mini-program', given }, navigateToPayScore(world, given))
  })
  return app
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
