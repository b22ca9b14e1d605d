import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { House } from './house.ts'
import { logIn, type Order } from './shopper.ts'
import { eventually } from './wait.ts'

/** Somebody who has taken a card, without the mini-program; asks the newest server. */
export type Holder = Awaited<ReturnType<typeof newHolder>>

export async function newHolder(house: House, offerId: string) {
  const newest = () => house.servers.at(-1)?.url ?? ''
  const shopper = await logIn(house.simulated, newest())
  const { openid, appid } = shopper
  const ask = (method: string, path: string, body?: unknown, at = newest()) =>
    shopper.ask(method, path, body, at, { 'Idempotency-Key': randomUUID() })
  const prepared = await ask('POST', `/card-offers/${offerId}/cards`, {})
  expect(prepared.status, JSON.stringify(prepared.body)).toBe(200)
  const { card, page } = prepared.body as { card: { id: string }; page: { appId: string; path: string } }
  const navigate = (action: string, to: object = page) =>
    house.simulated.call('POST', '/client/navigate-to-mini-program', {
      appid,
      openid,
      ...to,
      extraData: {},
      action,
    })
  const see = async () => (await ask('GET', `/cards/${card.id}`)).body as SeenCard
  return {
    openid,
    cardId: card.id,
    ask,
    see,
    check: () => ask('POST', `/cards/${card.id}/check`, {}),
    take: () => navigate('take'),
    quit: async () => navigate('quit', (await see()).page ?? {}),
    /** @returns an order of one thing, with its price */
    async order(goodsId = 'swim-pass', at?: string): Promise<Order & { readonly discountFen: number }> {
      const answer = await eventually(
        () => ask('POST', '/orders', { items: [{ goodsId, quantity: 1 }] }, at),
        ({ status }) => status === 201,
        { what: 'an order' },
      )
      return answer.body as Order & { readonly discountFen: number }
    },
    /** Paid on WeChat's sheet; whether the server has heard of it is another thing. */
    async pay(id: string): Promise<void> {
      const { status } = await eventually(
        () => ask('POST', `/orders/${id}/payment`, {}),
        (answer) => answer.status === 200 || answer.status === 409,
        { what: 'a prepay_id, or that it is paid' },
      )
      if (status === 409) return
      const { outTradeNo } = (await ask('GET', `/orders/${id}`)).body as Order
      await house.simulated.pay(outTradeNo ?? '')
    },
  }
}

/** A card as its shopper sees it. */
export interface SeenCard {
  readonly status: string
  readonly savedFen: number
  readonly dueFen: number
  readonly fromOther: boolean
  readonly goals: readonly { readonly done: number; readonly times: number }[]
  readonly page: object | null
}
