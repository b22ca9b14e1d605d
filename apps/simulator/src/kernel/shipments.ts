import { logisticsTypes, shippingStates } from '@shouyin/wechatpay-core/open-api'
import type { StoredTransaction } from './transactions.ts'
import type { World } from './world.ts'

/** What was uploaded for one payment (发货信息); times in milliseconds of business time. */
export interface StoredShipment {
  readonly mchid: string
  readonly outTradeNo: string
  readonly logisticsType: number
  readonly deliveryMode: number
  /** Every parcel is on its way. */
  readonly finished: boolean
  /** How often it was finished: 1, or 2 after the one 重新发货. */
  readonly finishCount: number
  readonly parcels: readonly Parcel[]
  /** As sent. */
  readonly uploadTime: string
  readonly uploadedAtMs: number
}

export interface Parcel {
  readonly trackingNo: string | null
  readonly expressCompany: string | null
  readonly itemDesc: string
}

const DAY_MS = 86_400_000
const KEPT_MAX = 100_000

const keyOf = ({ mchid, outTradeNo }: { readonly mchid: string; readonly outTradeNo: string }) =>
  `${mchid} ${outTradeNo}`

/** The shipments of one world, one a payment. */
export class Shipments {
  readonly #byNumber = new Map<string, StoredShipment>()

  find(number: { readonly mchid: string; readonly outTradeNo: string }): StoredShipment | undefined {
    return this.#byNumber.get(keyOf(number))
  }

  put(shipment: StoredShipment): void {
    this.#byNumber.set(keyOf(shipment), shipment)
    const oldest = this.#byNumber.keys().next().value
    if (this.#byNumber.size > KEPT_MAX && oldest !== undefined) this.#byNumber.delete(oldest)
  }

  /** Oldest first. */
  list(): StoredShipment[] {
    return [...this.#byNumber.values()]
  }

  restore(shipments: readonly StoredShipment[]): void {
    for (const shipment of shipments) this.put(shipment)
  }

  clear(): void {
    this.#byNumber.clear()
  }
}

/**
 * 订单状态 of a paid order. The shopper never confirms here: WeChat does it, 10 days after express, else 2.
 * GUESS: 交易完成 and 资金待结算 are not told apart from 确认收货.
 */
export function orderStateOf(world: World, transaction: StoredTransaction): number {
  const shipment = world.shipments.find(transaction)
  if (isRefunded(world, transaction)) return shippingStates.refunded
  if (!shipment?.finished) return shippingStates.toShip
  const days = shipment.logisticsType === logisticsTypes.express ? 10 : 2
  const confirmedAtMs = shipment.uploadedAtMs + days * DAY_MS
  return world.clock.nowMs() < confirmedAtMs ? shippingStates.shipped : shippingStates.received
}

/** All of it went back; part of it changes nothing. */
function isRefunded({ refunds }: World, { mchid, outTradeNo, amountFen }: StoredTransaction): boolean {
  const gone = refunds.ofOrder(mchid, outTradeNo).filter(({ status }) => status === 'SUCCESS')
  return gone.reduce((sum, refund) => sum + refund.amountFen, 0) >= amountFen
}
