import { formatShanghai, step } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/refunds'
import type { Clock } from './clock.ts'
import type { Events } from './events.ts'
import type { Coupon } from './transactions.ts'

export type RefundStatus = states.RefundStatus

/** One refund as WeChat Pay keeps it; times in milliseconds of business time. */
export interface StoredRefund {
  readonly mchid: string
  /** 微信支付退款单号. */
  readonly refundId: string
  /** 商户退款单号: ours, or WeChat's own for a refund made by hand. */
  readonly outRefundNo: string
  readonly outTradeNo: string
  readonly transactionId: string
  /** 申请退款金额 and 订单金额. */
  readonly amountFen: number
  readonly totalFen: number
  /** What goes back to the user, and what he had paid: without coupons. */
  readonly payerRefundFen: number
  readonly payerTotalFen: number
  /** Of the order; the rest of the refund is its share. */
  readonly coupon: Coupon | null
  /** 应结: without the share of coupons that WeChat does not settle (NOCASH). */
  readonly settlementRefundFen: number
  readonly settlementTotalFen: number
  /** Share of the fee that comes back to the merchant. */
  readonly feeRefundFen: number
  readonly reason: string | null
  /** Null: a V2 notice to `refundCallbackUrl`, if that is set. */
  readonly notifyUrl: string | null
  /** 商户平台 is VENDOR_PLATFORM. */
  readonly source: 'API' | 'VENDOR_PLATFORM'
  readonly fundsAccount: 'AVAILABLE' | 'UNSETTLED'
  readonly from: readonly { readonly account: 'AVAILABLE' | 'UNAVAILABLE'; readonly amountFen: number }[]
  /** Whether the call named the merchant's public key, so that the notification may be signed with it. */
  readonly namesPublicKey: boolean
  readonly createdAtMs: number
  status: RefundStatus
  /** Since when; absent until the first move. A bill shows what it was when the bill was made. */
  statusAtMs?: number
  /** Whether the money has left the merchant's balance. */
  isFunded: boolean
  channel: 'ORIGINAL' | 'OTHER_BANKCARD'
  userReceivedAccount: string
  /** When WeChat goes on with it by itself; null while it waits for somebody, or has ended. */
  dueAtMs: number | null
  successAtMs: number | null
}

const KEPT_MAX = 100_000

const keyOf = (mchid: string, number: string) => `${mchid} ${number}`

/** The refunds of one world: a number is unique per merchant. */
export class RefundStore {
  readonly #clock: Clock
  readonly #events: Events
  readonly #byNumber = new Map<string, StoredRefund>()
  readonly #byRefundId = new Map<string, StoredRefund>()
  /** By order, oldest first. */
  readonly #byOrder = new Map<string, Set<StoredRefund>>()

  constructor(clock: Clock, events: Events) {
    this.#clock = clock
    this.#events = events
  }

  find(mchid: string, outRefundNo: string): StoredRefund | undefined {
    return this.#byNumber.get(keyOf(mchid, outRefundNo))
  }

  findByRefundId(mchid: string, refundId: string): StoredRefund | undefined {
    const refund = this.#byRefundId.get(refundId)
    return refund?.mchid === mchid ? refund : undefined
  }

  /** Oldest first. */
  ofOrder(mchid: string, outTradeNo: string): StoredRefund[] {
    return [...(this.#byOrder.get(keyOf(mchid, outTradeNo)) ?? [])]
  }

  /** Newest first. */
  list(): StoredRefund[] {
    return [...this.#byNumber.values()].reverse()
  }

  /** What changes without a step of the state. */
  set(refund: StoredRefund, facts: Partial<Pick<StoredRefund, 'isFunded' | 'dueAtMs'>>): void {
    Object.assign(refund, facts)
    this.#changed(refund)
  }

  add(refund: StoredRefund): void {
    this.#put(refund)
    this.#changed(refund)
  }

  /** The only way from state to state. @returns false when WeChat Pay knows no such move */
  move(refund: StoredRefund, to: RefundStatus, facts: Partial<StoredRefund> = {}): boolean {
    if (step<RefundStatus>(states.refundTransitions, refund.status, to).kind !== 'move') return false
    Object.assign(refund, facts, { status: to, statusAtMs: this.#clock.nowMs() })
    this.#changed(refund)
    return true
  }

  /** Remembers how the refunds of one order are now. @returns how to put them back */
  checkpoint(mchid: string, outTradeNo: string): () => void {
    const before = this.ofOrder(mchid, outTradeNo).map((known) => ({ known, was: structuredClone(known) }))
    return () => {
      for (const refund of this.ofOrder(mchid, outTradeNo)) {
        const entry = before.find(({ known }) => known === refund)
        if (entry) Object.assign(refund, entry.was)
        else this.#forget(refund)
        this.#changed(refund)
      }
    }
  }

  restore(refunds: readonly StoredRefund[]): void {
    for (const refund of refunds) this.#put(refund)
  }

  clear(): void {
    this.#byNumber.clear()
    this.#byRefundId.clear()
    this.#byOrder.clear()
  }

  #put(refund: StoredRefund): void {
    const order = keyOf(refund.mchid, refund.outTradeNo)
    this.#byNumber.set(keyOf(refund.mchid, refund.outRefundNo), refund)
    this.#byRefundId.set(refund.refundId, refund)
    this.#byOrder.set(order, (this.#byOrder.get(order) ?? new Set()).add(refund))
    const [oldest] = this.#byNumber.values()
    if (this.#byNumber.size > KEPT_MAX && oldest) this.#forget(oldest)
  }

  #forget(refund: StoredRefund): void {
    const order = keyOf(refund.mchid, refund.outTradeNo)
    this.#byNumber.delete(keyOf(refund.mchid, refund.outRefundNo))
    this.#byRefundId.delete(refund.refundId)
    this.#byOrder.get(order)?.delete(refund)
    if (this.#byOrder.get(order)?.size === 0) this.#byOrder.delete(order)
  }

  #changed(refund: StoredRefund): void {
    this.#events.publish('refund', describeRefund(refund))
  }
}

/** What `/_sim/refunds` shows. */
export function describeRefund(refund: StoredRefund) {
  const { mchid, refundId, outRefundNo, outTradeNo, transactionId, status } = refund
  const { amountFen, totalFen, payerRefundFen, payerTotalFen, feeRefundFen, reason, notifyUrl, source } = refund
  const { channel, userReceivedAccount, isFunded, createdAtMs, dueAtMs, successAtMs } = refund
  return {
    outRefundNo,
    refundId,
    outTradeNo,
    transactionId,
    mchid,
    status,
    amountFen,
    totalFen,
    payerRefundFen,
    payerTotalFen,
    feeRefundFen,
    reason,
    notifyUrl,
    source,
    channel,
    userReceivedAccount,
    isFunded,
    createdAt: formatShanghai(new Date(createdAtMs)),
    dueAt: dueAtMs === null ? null : formatShanghai(new Date(dueAtMs)),
    successTime: successAtMs === null ? null : formatShanghai(new Date(successAtMs)),
  }
}
