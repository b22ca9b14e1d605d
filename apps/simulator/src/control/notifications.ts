import { Hono } from 'hono'
import type { Env } from '../kernel/call.ts'
import { describeNotification } from '../kernel/notification.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf } from './input.ts'
import { Problem } from './problem.ts'

export function notifications(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/notifications', (c) => {
    const outTradeNo = c.req.query('outTradeNo')
    const all = membershipOf(c, simulator).world.notifier.list()
    const fitting = outTradeNo === undefined ? all : all.filter((one) => one.outTradeNo === outTradeNo)
    return c.json({ notifications: fitting.map(describeNotification) })
  })
  app.post('/notifications/:id/resend', async (c) => {
    const { notifier } = membershipOf(c, simulator).world
    const id = c.req.param('id')
    const notification = notifier.find(id)
    if (!notification) throw new Problem(404, 'NOTIFICATION_NOT_FOUND', `no notification ${id} in this world`, 'id')
    return c.json(await notifier.resend(notification))
  })
  return app
}
