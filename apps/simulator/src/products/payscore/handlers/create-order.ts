import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { Caller } from '../../../kernel/handler.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import { detailOf } from '../model/finish.ts'
import { moveDetail } from '../model/moves.ts'
import { newOrder, type ServiceOrderBody } from '../model/new-order.ts'
import { brokenOrder } from './order-rules.ts'
import { insist, type PayScoreRefuse, refusals } from './refusals.ts'
import { brokenService } from './service-rules.ts'

/** 创建用户的签约计划详情对应的服务订单; a repeated one answers it as it stands, though its times have passed. */
export function createOrder(caller: Caller, body: ServiceOrderBody, refuse: PayScoreRefuse): StoredServiceOrder {
  const { world, merchant, namesPublicKey } = caller
  insist(brokenService(caller, body), refuse)
  const known = world.payScore.order(merchant.mchid, body.out_trade_no)
  if (known && known.parameters !== fingerprint(body)) throw refuse(...refusals.USED_OTHERWISE)
  if (known) return known
  insist(brokenOrder(caller, body), refuse)
  const order = newOrder(merchant.mchid, body, world.clock.now(), namesPublicKey)
  const { signPlan, detail } = detailOf(world, order)
  signPlan.goingNo = order.detailNo
  moveDetail(world, signPlan, detail, 'USING', { orderId: order.orderId, usedAtMs: order.createdAtMs })
  world.payScore.putOrder(order)
  return order
}
