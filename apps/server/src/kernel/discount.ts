import type { Tx } from './db.ts'

/** An order that is about to be placed. */
export interface Basket {
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  readonly lines: readonly { readonly id: string; readonly price_fen: number; readonly quantity: number }[]
  readonly now: Date
}

export interface Granted {
  /** Less than the order costs: something is left to pay. */
  readonly fen: number
  /** What the shopper knows it by, at most 20 characters. */
  readonly name: string
  /** The order is there: the discount is its own from now on. */
  readonly keep: (orderId: string) => Promise<void>
}

/**
 * What makes an order cheaper, found in the transaction that places it and locked in it, so that of many orders at once
 * none gets what is not there any more. Brought by the product that knows it.
 */
export type FindDiscount = (tx: Tx, basket: Basket) => Promise<Granted | undefined>
