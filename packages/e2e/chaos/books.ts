import type { Simulated, Transaction } from '../support/simulated.ts'
import type { Database } from './database.ts'

/** What the local WeChat Pay says moved, and what our books say: read when nothing moves any more. */
export interface BothBooks {
  readonly wechat: {
    readonly transactions: readonly Transaction[]
    readonly refunds: readonly WechatRefund[]
    readonly delivered: readonly string[]
    readonly serviceOrders: readonly ServiceOrder[]
  }
  readonly orders: readonly OrderFacts[]
  readonly lessons: readonly LessonFacts[]
  readonly charges: readonly ChargeFacts[]
  readonly movements: readonly MovementFacts[]
  readonly refunds: readonly RefundFacts[]
  /** notify_id of all that was stored. */
  readonly inbox: ReadonlySet<string>
}

export interface WechatRefund {
  readonly outRefundNo: string
  readonly refundId: string
  readonly outTradeNo: string
  readonly amountFen: number
  readonly status: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL'
}

export interface OrderFacts {
  readonly id: string
  readonly state: string
  readonly fulfilments: number
}

/** A lesson with its service order as we last heard of it. */
export interface LessonFacts {
  readonly id: string
  readonly signPlanId: string
  readonly number: number
  readonly outOrderNo: string
  readonly state: string
  readonly priceFen: number
  readonly amountFen: number | null
  /** Of the charge or the order that paid it. */
  readonly paidFen: number
}

export interface ServiceOrder {
  readonly outOrderNo: string
  readonly phase: string
  readonly totalFen: number | null
  readonly paidType: 'NEWTON' | 'MCH' | null
}

export interface ChargeFacts {
  readonly id: string
  readonly subjectId: string
  readonly purpose: string
  readonly outTradeNo: string
  readonly state: string
  readonly settlement: string | null
  readonly amountFen: number
  readonly reservedFen: number
}

export interface MovementFacts {
  readonly kind: 'payment' | 'refund'
  readonly providerRef: string
  readonly chargeId: string
  readonly amountFen: number
}

export interface RefundFacts {
  readonly chargeId: string
  readonly outRefundNo: string
  readonly refundId: string | null
  readonly cause: string
  readonly state: string
  readonly amountFen: number
}

export async function readBothBooks(simulated: Simulated, { pool }: Pick<Database, 'pool'>): Promise<BothBooks> {
  const rows = async <Row extends object>(query: string) => (await pool.query<Row>(query)).rows
  const [transactions, { refunds: wechatRefunds }, { notifications }, { orders: serviceOrders }] = await Promise.all([
    simulated.transactions(),
    simulated.call<{ refunds: WechatRefund[] }>('GET', '/refunds'),
    simulated.call<{ notifications: { id: string; state: string }[] }>('GET', '/notifications'),
    simulated.call<{ orders: ServiceOrder[] }>('GET', '/payscore/orders'),
  ])
  const delivered = notifications.filter(({ state }) => state === 'delivered').map(({ id }) => id)
  const inbox = await rows<{ notify_id: string }>('select notify_id from notification_inbox')
  return {
    wechat: { transactions, refunds: wechatRefunds, delivered, serviceOrders },
    orders: await rows(
      `select o.id, o.state, (select count(*) from fulfilment f where f.order_id = o.id)::int as fulfilments from orders o`,
    ),
    lessons: await rows(
      `select l.id, l.sign_plan_id as "signPlanId", l.number, l.out_order_no as "outOrderNo", l.state,
         l.price_fen::float8 as "priceFen", l.amount_fen::float8 as "amountFen",
         coalesce(c.amount_fen, 0)::float8 as "paidFen"
       from lesson l left join charge c on c.id = l.paid_charge_id order by l.sign_plan_id, l.number`,
    ),
    charges: await rows(
      `select id, subject_id as "subjectId", purpose, out_trade_no as "outTradeNo", state, settlement,
         amount_fen::float8 as "amountFen", refund_reserved_fen::float8 as "reservedFen" from charge`,
    ),
    movements: await rows(
      `select kind, provider_ref as "providerRef", charge_id as "chargeId", amount_fen::float8 as "amountFen"
       from movement`,
    ),
    refunds: await rows(
      `select charge_id as "chargeId", out_refund_no as "outRefundNo", refund_id as "refundId", cause, state,
         amount_fen::float8 as "amountFen" from refund`,
    ),
    inbox: new Set(inbox.map((row) => row.notify_id)),
  }
}
