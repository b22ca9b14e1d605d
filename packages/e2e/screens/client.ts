import { randomUUID } from 'node:crypto'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'

export interface Order {
  readonly id: string
  readonly outTradeNo: string | null
  readonly status: string
}
interface Login {
  readonly code: string
  readonly openid: string
  readonly appid: string
}
export type Line = readonly [goodsId: string, quantity: number]

/** A shopper whose orders are made without a phone: a gallery shows them, it does not show how each came about. */
export type Shopper = Awaited<ReturnType<typeof logIn>>

export async function logIn(simulated: Simulated, serverUrl: string) {
  const { code, openid, appid } = await simulated.call<Login>('POST', '/client/login', {})
  const { body } = await exchange('POST', `${serverUrl}/api/session`, { body: { code } })
  const session = body as { token: string; expiresAt: string }
  const Authorization = `Bearer ${session.token}`
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = { Authorization, 'Idempotency-Key': randomUUID() }
    const answer = await exchange(method, `${serverUrl}/api${path}`, { body, headers })
    if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as T
  }
  const see = (id: string) => ask<Order>('GET', `/orders/${id}`)
  const order = (...lines: Line[]) =>
    ask<Order>('POST', '/orders', { items: lines.map(([goodsId, quantity]) => ({ goodsId, quantity })) })
  /** From here on WeChat Pay knows the order. */
  async function startPaying(id: string): Promise<{ id: string; outTradeNo: string; pay: () => Promise<void> }> {
    const parameters = await ask<object>('POST', `/orders/${id}/payment`, {})
    const { outTradeNo } = await see(id)
    const payment = { ...parameters, appid, openid, action: 'pay' }
    return {
      id,
      outTradeNo: outTradeNo ?? '',
      pay: () => simulated.call('POST', '/client/request-payment', payment),
    }
  }
  const begin = async (...lines: Line[]) => startPaying((await order(...lines)).id)
  const reaches = (id: string, status: string) =>
    eventually(
      () => see(id),
      (seen) => seen.status === status,
      { what: `order ${id}, ${status}` },
    )
  return {
    openid,
    ask,
    sessionEndsAtMs: Date.parse(session.expiresAt),
    see,
    order,
    startPaying,
    begin,
    reaches,
    async paid(...lines: Line[]): Promise<{ id: string; outTradeNo: string }> {
      const begun = await begin(...lines)
      await begun.pay()
      await reaches(begun.id, 'paid')
      return begun
    },
    cancel: (id: string) => ask<Order>('POST', `/orders/${id}/cancel`, {}),
    askRefund: (id: string, amountFen: number, reason: string) =>
      ask<{ id: string; status: string }>('POST', `/orders/${id}/refund-requests`, { amountFen, reason }),
    refundsOf: async (id: string) =>
      (await ask<{ refunds: { status: string }[] }>('GET', `/orders/${id}/refunds`)).refunds,
  }
}

/** Lets business time pass, until the server knows it too: it looks at the clock a few times a second. */
export async function letPass(simulated: Simulated, serverUrl: string, seconds: number): Promise<void> {
  const endMs = async () => (await logIn(simulated, serverUrl)).sessionEndsAtMs
  const before = await endMs()
  await simulated.advance(seconds)
  await eventually(endMs, (end) => end >= before + seconds * 1000, { what: 'the new time at the server' })
}
