import { randomBytes } from 'node:crypto'
import { Openid } from '@shouyin/wechatpay-core/contract'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { requestPayment } from '../products/payments/user/request-payment.ts'
import { couponMembers, membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'
import { recordWrongSign } from './record-wrong-sign.ts'

const Login = v.strictObject({ appid: v.optional(v.string('must be a string')), openid: v.optional(Openid) })

// The phone itself judges the types of these, see requestPayment.
const anything = v.optional(v.unknown())
const RequestPayment = v.strictObject({
  appid: anything,
  openid: anything,
  timeStamp: anything,
  nonceStr: anything,
  package: anything,
  signType: anything,
  paySign: anything,
  ...couponMembers,
  action: v.picklist(['open', 'pay', 'cancel'], 'must be open, pay or cancel'),
})

/** What the user's WeChat does. */
export function client(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/client/login', async (c) => {
    const { world } = membershipOf(c, simulator)
    const { appid = world.appid, openid = `o${randomBytes(20).toString('base64url')}` } = await readInput(c, Login)
    if (appid !== world.appid) {
      throw new Problem(
        404,
        'APPID_NOT_FOUND',
        `the mini-program of this world is ${world.appid}, not ${appid}`,
        'appid',
      )
    }
    return c.json({ code: world.logins.issue(openid), openid, appid })
  })
  app.post('/client/request-payment', async (c) => {
    const { world } = membershipOf(c, simulator)
    const { action, couponFen, couponType, ...given } = await readInput(c, RequestPayment)
    const { answer, transaction, diagnosis } = requestPayment(world, action, given, { couponFen, couponType })
    if (diagnosis) {
      const about = { mchid: transaction?.mchid ?? null, outTradeNo: transaction?.outTradeNo ?? null, diagnosis }
      const call = { path: 'request-payment', given: { action, ...given }, answer, reason: answer.reason }
      recordWrongSign(world, { ...call, ...about })
    }
    return c.json(answer)
  })
  return app
}
