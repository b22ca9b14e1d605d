import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { Hono } from 'hono'
import type { Env } from '../kernel/call.ts'
import { orderStateOf, type StoredShipment } from '../kernel/shipments.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { membershipOf } from './input.ts'

/** What was uploaded to 发货信息管理, oldest first. */
export function shipping(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/shipping', (c) => {
    const { world } = membershipOf(c, simulator)
    const outTradeNo = c.req.query('outTradeNo')
    const all = world.shipments.list()
    const fitting = outTradeNo === undefined ? all : all.filter((one) => one.outTradeNo === outTradeNo)
    return c.json({ shipments: fitting.map((one) => describeShipment(world, one)) })
  })
  return app
}

function describeShipment(world: World, shipment: StoredShipment) {
  const { mchid, outTradeNo, logisticsType, deliveryMode, finished, finishCount, parcels, uploadTime } = shipment
  const transaction = world.transactions.find(mchid, outTradeNo)
  return {
    mchid,
    outTradeNo,
    transactionId: transaction?.transactionId ?? null,
    orderState: transaction ? orderStateOf(world, transaction) : null,
    logisticsType,
    deliveryMode,
    finished,
    finishCount,
    parcels,
    uploadTime,
    uploadedAt: formatShanghai(new Date(shipment.uploadedAtMs)),
  }
}
