import { randomUUID } from 'node:crypto'
import { type Answer, exchange } from './http.ts'
import type { Simulated } from './simulated.ts'

export interface Order {
  readonly id: string
  readonly outTradeNo: string | null
  readonly status: string
  readonly confirming: boolean
  readonly amountFen: number
}

/** Somebody with a phone, logged in at a server of ours. */
export type Shopper = Awaited<ReturnType<typeof logIn>>

export async function logIn(simulated: Simulated, serverUrl: string) {
  const { code, openid, appid } = await simulated.call<Record<string, string>>('POST', '/client/login', {})
  const session = await exchange('POST', `${serverUrl}/api/session`, { body: { code } })
  const Authorization = `Bearer ${(session.body as { token: string }).token}`
  const ask = (method: string, path: string, body?: unknown, at = serverUrl, headers = {}): Promise<Answer> =>
    exchange(method, `${at}/api${path}`, { body, headers: { Authorization, ...headers } })
  return {
    openid,
    appid,
    ask,
    /** `at`: another server, which knows the session too. */
    order: async (goodsId = 'swim-pass', key: string = randomUUID(), at = serverUrl) =>
      ask('POST', '/orders', { items: [{ goodsId, quantity: 1 }] }, at, { 'Idempotency-Key': key }),
    see: async (id: string, at = serverUrl) => (await ask('GET', `/orders/${id}`, undefined, at)).body as Order,
    tap: (id: string, at = serverUrl) => ask('POST', `/orders/${id}/payment`, {}, at),
    check: (id: string, at = serverUrl) => ask('POST', `/orders/${id}/check`, {}, at),
    cancel: (id: string, at = serverUrl) => ask('POST', `/orders/${id}/cancel`, {}, at),
    /** What the phone does with the answer to a tap. */
    requestPayment: (parameters: unknown, action: 'pay' | 'cancel' = 'pay') =>
      simulated.call<{ errMsg: string; reason: string | null }>('POST', '/client/request-payment', {
        ...(parameters as object),
        appid,
        openid,
        action,
      }),
  }
}
