import { formatShanghai, step } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/payments'
import type { Clock } from './clock.ts'
import type { Events } from './events.ts'

type TradeState = states.TradeState

/** 代金券: what WeChat pays for (CASH, 充值), or the merchant himself (NOCASH, 免充值). */
export interface Coupon {
  readonly id: string
  readonly amountFen: number
  readonly type: 'CASH' | 'NOCASH'
}

/** One order as WeChat Pay keeps it; times in milliseconds of business time. */
export interface StoredTransaction {
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  readonly outTradeNo: string
  /** 交易类型: AUTH is a deduction that the payer agreed to beforehand. */
  readonly tradeType: 'JSAPI' | 'AUTH'
  readonly description: string
  readonly attach: string | null
  readonly notifyUrl: string
  readonly amountFen: number
  readonly deviceId: string | null
  /** A fingerprint of what was ordered: a repeated order must bring the same. */
  readonly parameters: string
  readonly createdAtMs: number
  expiresAtMs: number
  readonly prepays: { readonly id: string; readonly issuedAtMs: number }[]
  /** Whether the last order named the merchant's public key, so that its notification may be signed with it. */
  namesPublicKey: boolean
  tradeState: TradeState
  transactionId: string | null
  payerTotalFen: number | null
  /** With what he paid the rest. */
  coupon: Coupon | null
  successAtMs: number | null
}

// 7 天未支付: closed by WeChat itself.
const UNPAID_LIFE_MS = 7 * 86_400_000
const KEPT_MAX = 100_000

const keyOf = (mchid: string, outTradeNo: string) => `${mchid} ${outTradeNo}`

const idsOf = ({ prepays, transactionId }: StoredTransaction) => [
  ...prepays.map(({ id }) => id),
  ...(transactionId === null ? [] : [transactionId]),
]

/** The orders of one world: a number is unique per merchant. */
export class TransactionStore {
  readonly #clock: Clock
  readonly #events: Events
  readonly #byNumber = new Map<string, StoredTransaction>()
  /** By prepay_id and by transaction_id. */
  readonly #byId = new Map<string, StoredTransaction>()

  constructor(clock: Clock, events: Events) {
    this.#clock = clock
    this.#events = events
  }

  find(mchid: string, outTradeNo: string): StoredTransaction | undefined {
    return this.#byNumber.get(keyOf(mchid, outTradeNo))
  }

  findByTransactionId(mchid: string, transactionId: string): StoredTransaction | undefined {
    const transaction = this.#byId.get(transactionId)
    return transaction?.mchid === mchid && transaction.transactionId === transactionId ? transaction : undefined
  }

  findByPrepayId(prepayId: string): StoredTransaction | undefined {
    const transaction = this.#byId.get(prepayId)
    return transaction?.prepays.some(({ id }) => id === prepayId) ? transaction : undefined
  }

  /** Newest first. */
  list(): StoredTransaction[] {
    return [...this.#byNumber.values()].reverse()
  }

  add(transaction: StoredTransaction): void {
    this.#put(transaction)
    this.#closeUnpaid(transaction)
    this.#changed(transaction)
  }

  addPrepay(transaction: StoredTransaction, prepay: { readonly id: string; readonly issuedAtMs: number }): void {
    transaction.prepays.push(prepay)
    this.#byId.set(prepay.id, transaction)
    this.#changed(transaction)
  }

  /** The only way from state to state. @returns false when WeChat Pay knows no such move */
  move(transaction: StoredTransaction, to: TradeState, facts: Partial<StoredTransaction> = {}): boolean {
    if (step<TradeState>(states.tradeTransitions, transaction.tradeState, to).kind !== 'move') return false
    Object.assign(transaction, facts, { tradeState: to })
    this.#put(transaction)
    this.#changed(transaction)
    return true
  }

  /** Remembers how one order is now. @returns how to put it back */
  checkpoint(mchid: string, outTradeNo: string): () => void {
    const known = this.find(mchid, outTradeNo)
    const before = structuredClone(known)
    return () => {
      if (!known) return this.#forget(this.find(mchid, outTradeNo))
      for (const id of idsOf(known)) this.#byId.delete(id)
      this.#put(Object.assign(known, before))
      this.#changed(known)
    }
  }

  restore(transactions: readonly StoredTransaction[]): void {
    for (const transaction of transactions) {
      this.#put(transaction)
      this.#closeUnpaid(transaction)
    }
  }

  clear(): void {
    this.#byNumber.clear()
    this.#byId.clear()
  }

  #put(transaction: StoredTransaction): void {
    this.#byNumber.set(keyOf(transaction.mchid, transaction.outTradeNo), transaction)
    for (const id of idsOf(transaction)) this.#byId.set(id, transaction)
    if (this.#byNumber.size > KEPT_MAX) this.#forget(this.#byNumber.values().next().value)
  }

  #forget(transaction: StoredTransaction | undefined): void {
    if (!transaction) return
    this.#byNumber.delete(keyOf(transaction.mchid, transaction.outTradeNo))
    for (const id of idsOf(transaction)) this.#byId.delete(id)
  }

  #closeUnpaid({ mchid, outTradeNo, createdAtMs, tradeState }: StoredTransaction): void {
    if (tradeState !== 'NOTPAY') return
    this.#clock.schedule(createdAtMs + UNPAID_LIFE_MS, async () => {
      const transaction = this.find(mchid, outTradeNo)
      if (transaction?.createdAtMs === createdAtMs) this.move(transaction, 'CLOSED')
      return 0
    })
  }

  #changed(transaction: StoredTransaction): void {
    this.#events.publish('transaction', describeTransaction(transaction))
  }
}

/** What `/_sim/transactions` shows. */
export function describeTransaction(transaction: StoredTransaction) {
  const { outTradeNo, transactionId, prepays, tradeType, tradeState, amountFen, payerTotalFen } = transaction
  const { appid, mchid, openid, description, attach, notifyUrl, createdAtMs, expiresAtMs, successAtMs } = transaction
  return {
    outTradeNo,
    transactionId,
    prepayIds: prepays.map(({ id }) => id),
    tradeType,
    tradeState,
    amountFen,
    payerTotalFen,
    appid,
    mchid,
    openid,
    description,
    attach,
    notifyUrl,
    createdAt: formatShanghai(new Date(createdAtMs)),
    expiresAt: formatShanghai(new Date(expiresAtMs)),
    successTime: successAtMs === null ? null : formatShanghai(new Date(successAtMs)),
  }
}
