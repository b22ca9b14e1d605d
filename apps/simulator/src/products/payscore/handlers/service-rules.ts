import type { Caller } from '../../../kernel/handler.ts'
import type { StoredService } from '../../../kernel/payscore/stored.ts'
import { type Broken, broken } from './refusals.ts'

interface Named {
  readonly appid: string
  readonly service_id: string
}

/** The service may be left out when an order is cancelled. */
export type NamedAgain = Pick<Named, 'appid'> & { readonly service_id?: string | undefined }

/** The caller's own service, for plans: with 按计划确认 and enrolled. */
export function brokenService({ world, merchant }: Caller, body: Named): Broken | undefined {
  const service = world.payScore.service(body.service_id)
  const issue = whyNoService(service, merchant.mchid)
  if (issue !== undefined) return broken('NO_PERMISSION', '/service_id', body.service_id, issue)
  // Whose openid it is nobody here can know; all that is known is the one mini-program.
  if (body.appid !== world.appid) return broken('APPID_MISMATCH', '/appid', body.appid, `is not ${world.appid}`)
  return undefined
}

function whyNoService(service: StoredService | undefined, mchid: string): string | undefined {
  if (!service || service.mchid !== mchid) return `is no service of ${mchid}: GET /_sim/payscore/services lists them`
  if (!service.hasPlanPermission) return 'is a service without the permission 按计划确认'
  return service.isEnrolled ? undefined : 'is a service in which the merchant is not enrolled'
}

/** Later operations name the same service and mini-program again (需要与创建订单时保持一致). */
export function brokenSameness(
  known: { readonly appid: string; readonly serviceId: string },
  given: NamedAgain,
): Broken | undefined {
  const { appid, service_id: serviceId = known.serviceId } = given
  if (serviceId !== known.serviceId) {
    return broken('SERVICE_MISMATCH', '/service_id', serviceId, `is not ${known.serviceId}, with which it was created`)
  }
  return appid === known.appid
    ? undefined
    : broken('APPID_MISMATCH', '/appid', appid, `is not ${known.appid}, with which it was created`)
}
