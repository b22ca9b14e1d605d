import type { Caller } from '../../../kernel/handler.ts'
import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import { isOver } from '../model/moves.ts'
import type { ServiceOrderBody } from '../model/new-order.ts'
import { type Broken, broken } from './refusals.ts'
import { brokenSameness } from './service-rules.ts'
import { brokenPlannedTimes } from './times.ts'

/** The first rule of 创建…服务订单 that the request breaks; of one that is new. */
export function brokenOrder({ world, merchant }: Caller, body: ServiceOrderBody): Broken | undefined {
  const signPlan = world.payScore.signPlanById(body.sign_plan_id)
  if (!signPlan || signPlan.mchid !== merchant.mchid) return { why: 'SIGN_PLAN_UNKNOWN' }
  return (
    brokenSameness(signPlan, body) ??
    brokenSigner(signPlan, body, world.clock.nowMs()) ??
    brokenTurn(signPlan, body) ??
    brokenPlannedTimes(body.time_range, world.clock.now()) ??
    brokenLocation(body.location)
  )
}

function brokenSigner(signPlan: StoredSignPlan, body: ServiceOrderBody, nowMs: number): Broken | undefined {
  if (body.openid !== signPlan.openid) {
    return broken('OPENID_MISMATCH', '/openid', body.openid, 'is not the user who signed the plan')
  }
  const { state, overAtMs } = signPlan
  if (state === 'SIGNED' && (overAtMs ?? 0) > nowMs) return undefined
  return broken('SIGN_PLAN_STATE', '/sign_plan_id', body.sign_plan_id, `is ${state}, must be SIGNED and not over`)
}

/** 不允许跳序号, and one at a time: the ones before are cancelled, or finished and paid. */
function brokenTurn({ details }: StoredSignPlan, body: ServiceOrderBody): Broken | undefined {
  const { plan_detail_no: no, out_trade_no: number } = body
  const at = details.findIndex((detail) => detail.no === no)
  const detail = details[at]
  if (!detail) return broken('DETAIL_UNKNOWN', '/plan_detail_no', no, `must be 1 to ${details.length}`)
  if (number !== detail.merchantNo) {
    return broken(
      'DETAIL_NUMBER_OTHER',
      '/out_trade_no',
      number,
      `must be ${detail.merchantNo}, as promised at signing`,
    )
  }
  const before = details.slice(0, at).find((one) => !isOver(one))
  if (!before) return undefined
  const issue = `must wait for detail ${before.no}, which is ${before.state}`
  return broken(before.state === 'USING' ? 'ORDER_OPEN' : 'ORDER_SKIPS', '/plan_detail_no', no, issue)
}

export function brokenLocation(location: ServiceOrderBody['location']): Broken | undefined {
  const { start_location: start, end_location: end } = location ?? {}
  if (end === undefined || start !== undefined) return undefined
  return broken('LOCATION_START', '/location/end_location', end, 'needs start_location')
}
