import { expect } from 'vitest'
import type { Simulated } from './simulated.ts'

/** mulberry32: the same numbers for the same seed. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Pick = <T>(items: readonly T[]) => T

export const pickBy =
  (random: () => number): Pick =>
  (items) =>
    items[Math.floor(random() * items.length)] ?? expect.unreachable()

/** So many times as likely to be picked. */
export const often = <T>(times: number, act: T): T[] => Array.from({ length: times }, () => act)

const FAULTS = [
  { kind: 'error-before-effect', probability: 0.08 },
  { kind: 'error-after-effect', probability: 0.08 },
  { kind: 'reset-after-effect', probability: 0.05 },
  { kind: 'unsigned-response', probability: 0.05 },
  { kind: 'rate-limit', probability: 0.05 },
]

/** Faults that strike calls to WeChat Pay now and then. @param match which calls; default: any */
export const faultsBy = (seed: number, match: object = {}) =>
  FAULTS.map((fault, i) => ({ ...fault, match, seed: seed + i }))

/** Somebody pays what WeChat Pay has on the counter; we are not told by him. */
export async function payAnOrder({ simulated }: { readonly simulated: Simulated }, pick: Pick): Promise<void> {
  const { transactions } = await simulated.call<{ transactions: { outTradeNo: string; tradeState: string }[] }>(
    'GET',
    '/transactions',
  )
  const payable = transactions.filter(({ tradeState }) => tradeState === 'NOTPAY')
  if (payable.length > 0) await simulated.pay(pick(payable).outTradeNo).catch(() => undefined)
}
