import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { notifications } from '@shouyin/wechatpay-core/payscore'
import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { cancel } from './cancel.ts'

/**
 * 解除授权: the user takes a service back, or all of them; every plan that he signed for it ends, each with its notice.
 * 解除授权通知 itself goes to the address of the service, `payScoreServiceUrl`, when there is one.
 * @returns the plans that ended
 */
export function revokeService(world: World, openid: string, serviceId?: string): StoredSignPlan[] {
  const ended = world.payScore
    .signPlans()
    .filter((one) => one.openid === openid && (serviceId === undefined || one.serviceId === serviceId))
    .filter((one) => cancel(world, one, 'REVOKE_SERVICE'))
  for (const signPlan of onePerService(ended)) notifyClosed(world, signPlan)
  return ended
}

const onePerService = (signPlans: readonly StoredSignPlan[]) =>
  new Map(signPlans.map((signPlan) => [signPlan.serviceId, signPlan])).values()

function notifyClosed(world: World, { mchid, appid, openid, serviceId, namesPublicKey }: StoredSignPlan): void {
  const { payScoreServiceUrl: url } = world.switches
  if (url === '') return
  const plaintext = JSON.stringify({
    appid,
    mchid,
    service_id: serviceId,
    openid,
    user_service_status: 'USER_CLOSE_SERVICE',
    openorclose_time: formatCompact(world.clock.now()),
  })
  world.notifier.send(notifications.userCloseService, { mchid, outTradeNo: null, url, plaintext, namesPublicKey })
}
