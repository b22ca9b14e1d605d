import type { Transitions } from '@shouyin/wechatpay-core/contract'
import {
  type OpenApiErrorName,
  shippingStates,
  type uploadShippingInfoEndpoint,
} from '@shouyin/wechatpay-core/open-api'

export const shipmentStates = ['waiting', 'uploaded', 'refused', 'skipped'] as const
export type ShipmentState = (typeof shipmentStates)[number]

/** `refused`: a person has to enter it by hand. `skipped`: WeChat does not want to. */
export const shipmentTransitions = {
  waiting: ['uploaded', 'refused', 'skipped'],
  uploaded: [],
  refused: [],
  skipped: [],
} as const satisfies Transitions<ShipmentState>

/**
 * What an errcode means for a shipment. `later`: the payment is not there yet. `look`: shipped or refunded, the order's
 * own state tells. `blocked`: no order gets through until a person has changed something.
 */
export type Finding = 'uploaded' | 'later' | 'look' | 'blocked' | 'refused'

const findings = {
  ALREADY_SHIPPED: 'uploaded',
  NOT_UPDATED: 'uploaded',
  ORDER_NOT_FOUND: 'later',
  SYSTEM_BUSY: 'later',
  SYSTEM_ERROR_12: 'later',
  SYSTEM_ERROR_19: 'later',
  TOO_FREQUENT: 'later',
  RESHIP_USED: 'look',
  NOT_SHIPPABLE: 'look',
  TOKEN_INVALID: 'blocked',
  TOKEN_MALFORMED: 'blocked',
  TOKEN_MISSING: 'blocked',
  TOKEN_EXPIRED: 'blocked',
  QUOTA_USED: 'blocked',
  API_UNAUTHORIZED: 'blocked',
  IP_NOT_ALLOWED: 'blocked',
  DATA_FORMAT_INVALID: 'refused',
  LOGISTICS_TYPE_INVALID: 'refused',
  SPLIT_NEEDS_EXPRESS: 'refused',
  IS_ALL_DELIVERED_MISSING: 'refused',
  ITEM_DESC_EMPTY: 'refused',
  ITEM_DESC_TOO_LONG: 'refused',
  PARAMETER_INVALID: 'refused',
  NO_DESCRIPTION: 'refused',
  TOO_MANY_PARCELS: 'refused',
  EXPRESS_COMPANY_TOO_LONG: 'refused',
  TRACKING_NO_TOO_LONG: 'refused',
  PAYER_MISMATCH: 'refused',
  NUMBER_TYPE_INVALID: 'refused',
  TRANSACTION_ID_MISSING: 'refused',
  MCHID_MISSING: 'refused',
  OUT_TRADE_NO_MISSING: 'refused',
  UPLOAD_TIME_INVALID: 'refused',
  DELIVERY_MODE_INVALID: 'refused',
  TRACKING_NO_MISSING: 'refused',
  EXPRESS_COMPANY_MISSING: 'refused',
  UNIFIED_NEEDS_ONE_PARCEL: 'refused',
} as const satisfies Record<OpenApiErrorName<typeof uploadShippingInfoEndpoint>, Finding>

const isDeclared = (reason: string): reason is keyof typeof findings => Object.hasOwn(findings, reason)

/** What is not declared for uploads is about the token (AppID, AppSecret) when it is a no, and else proves nothing. */
export function fromErrcode(reason: string | undefined, outcome: 'rejected' | 'unknown'): Finding {
  if (reason !== undefined && isDeclared(reason)) return findings[reason]
  return outcome === 'rejected' ? 'blocked' : 'later'
}

/** `unknown`: no answer, or a state of tomorrow. */
export type OrderFinding = 'to-ship' | 'shipped' | 'refunded' | 'unknown'

const orderFindings: Readonly<Record<number, OrderFinding>> = {
  [shippingStates.toShip]: 'to-ship',
  [shippingStates.shipped]: 'shipped',
  [shippingStates.received]: 'shipped',
  [shippingStates.completed]: 'shipped',
  [shippingStates.settling]: 'shipped',
  [shippingStates.refunded]: 'refunded',
} satisfies Record<(typeof shippingStates)[keyof typeof shippingStates], OrderFinding>

/** 订单状态 → finding. */
export const fromOrderState = (orderState: number): OrderFinding => orderFindings[orderState] ?? 'unknown'
