import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { isPackageLive } from '../model/package.ts'
import { startTerm } from '../model/term.ts'
import { notifySigned } from '../notify.ts'

/** Why this user cannot sign this plan now. */
export type SignRefusal = keyof typeof signRefusals

/** As WeChat's page would say it. GUESS: no document prints its sentences. */
export const signRefusals = {
  SIGNER_MISMATCH: '签约用户与当前用户不一致',
  SIGN_PLAN_SIGNED: '您已签约该计划',
  SIGN_PLAN_OVER: '该签约计划已结束',
  PACKAGE_EXPIRED: '页面已过期，请返回商家小程序重新发起签约',
  PLAN_STOPPED: '商家已停止该计划，不能再签约',
  SERVICE_NOT_PERMITTED: '商户暂无权限使用此服务',
} as const

/** Who signs, and with which package he came. */
export interface Signer {
  readonly openid: string
  readonly packageText: string
}

/** Undefined when nothing stands in the way. */
export function whyNotSign(
  world: World,
  signPlan: StoredSignPlan,
  { openid, packageText }: Signer,
): SignRefusal | undefined {
  if (signPlan.openid !== openid) return 'SIGNER_MISMATCH'
  if (signPlan.state === 'SIGNED') return 'SIGN_PLAN_SIGNED'
  if (signPlan.state !== 'UNSIGNED') return 'SIGN_PLAN_OVER'
  if (!isPackageLive(world, signPlan, packageText)) return 'PACKAGE_EXPIRED'
  if (world.payScore.planById(signPlan.planId)?.state !== 'NORMAL') return 'PLAN_STOPPED'
  const service = world.payScore.service(signPlan.serviceId)
  return service?.hasPlanPermission && service.isEnrolled ? undefined : 'SERVICE_NOT_PERMITTED'
}

/** The user agrees, with password: signed when this returns. @returns why not, when it is refused */
export function sign(world: World, signPlan: StoredSignPlan, signer: Signer): SignRefusal | undefined {
  const refusal = whyNotSign(world, signPlan, signer)
  if (refusal) return refusal
  startTerm(world, signPlan)
  notifySigned(world, signPlan)
  return undefined
}
