import type { Generated, Selectable } from 'kysely'
import type { OrderState } from './orders/states.ts'
import type { RefundRequestState } from './refund-requests/states.ts'

export interface GoodsTable {
  id: string
  position: number
  name: string
  description: string
  kind: 'goods' | 'service'
  price_fen: number
  goods_tag: string | null
  on_sale: Generated<boolean>
}

export interface OrderTable {
  id: string
  user_id: string
  mchid: string
  appid: string
  openid: string
  state: Generated<OrderState>
  amount_fen: number
  discount_fen: Generated<number>
  discount_name: string | null
  description: string
  goods_tag: string | null
  attach: string
  created_at: Date
  expires_at: Date
  paid_at: Date | null
  paid_charge_id: string | null
}

export interface OrderItemTable {
  order_id: string
  position: number
  goods_id: string
  name: string
  price_fen: number
  quantity: number
}

/** 核销: what was bought was used. */
export interface ServiceUseTable {
  id: string
  order_id: string
  goods_id: string
  quantity: number
  used_at: Date
  used_by: string
  undone_at: Date | null
  undone_by: string | null
}

export interface FulfilmentTable {
  order_id: string
  granted_at: Date
}

export interface RefundRequestTable {
  id: string
  order_id: string
  amount_fen: number
  reason: string
  created_at: Date
  state: Generated<RefundRequestState>
  note: string | null
  decided_by: string | null
  decided_at: Date | null
  refund_id: string | null
}

export interface ShopTables {
  goods: GoodsTable
  orders: OrderTable
  order_item: OrderItemTable
  fulfilment: FulfilmentTable
  service_use: ServiceUseTable
  refund_request: RefundRequestTable
}

export type GoodsRow = Selectable<GoodsTable>
export type OrderRow = Selectable<OrderTable>
export type OrderItemRow = Selectable<OrderItemTable>
export type ServiceUse = Selectable<ServiceUseTable>
export type RefundRequestRow = Selectable<RefundRequestTable>
