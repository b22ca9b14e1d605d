import type { WechatCard } from '../support/cards.ts'
import type { Simulated, Transaction } from '../support/simulated.ts'
import type { Database } from './database.ts'

/** What the local WeChat Pay says moved, and what our books say: read when nothing moves any more. */
export interface BothBooks {
  readonly wechat: {
    readonly transactions: readonly Transaction[]
    readonly refunds: readonly WechatRefund[]
    readonly delivered: readonly string[]
    readonly serviceOrders: readonly ServiceOrder[]
    readonly cards: readonly WechatCard[]
  }
  readonly orders: readonly OrderFacts[]
  readonly lessons: readonly LessonFacts[]
  readonly cards: readonly CardFacts[]
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

/** A card with what we told about it. */
export interface CardFacts {
  readonly id: string
  readonly outCardCode: string
  readonly openid: string | null
  readonly state: string
  /** Net, of what WeChat Pay has confirmed. */
  readonly toldFen: number
  /** What orders that were paid were given, less what went back while it could be told. */
  readonly givenFen: number
  /** Of records that came too late. */
  readonly lateFen: number
  /** Settled by the deduction. */
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
  const [transactions, { refunds: wechatRefunds }, { notifications }, { orders: serviceOrders }, { cards }] =
    await Promise.all([
      simulated.transactions(),
      simulated.call<{ refunds: WechatRefund[] }>('GET', '/refunds'),
      simulated.call<{ notifications: { id: string; state: string }[] }>('GET', '/notifications'),
      simulated.call<{ orders: ServiceOrder[] }>('GET', '/payscore/orders'),
      simulated.call<{ cards: WechatCard[] }>('GET', '/discount-card/cards'),
    ])
  const delivered = notifications.filter(({ state }) => state === 'delivered').map(({ id }) => id)
  const inbox = await rows<{ notify_id: string }>('select notify_id from notification_inbox')
  return {
    wechat: { transactions, refunds: wechatRefunds, delivered, serviceOrders, cards },
    orders: await rows(
      `select o.id, o.state, (select count(*) from fulfilment f where f.order_id = o.id)::int as fulfilments from orders o`,
    ),
    lessons: await rows(
      `select l.id, l.sign_plan_id as "signPlanId", l.number, l.out_order_no as "outOrderNo", l.state,
         l.price_fen::float8 as "priceFen", l.amount_fen::float8 as "amountFen",
         coalesce(c.amount_fen, 0)::float8 as "paidFen"
       from lesson l left join charge c on c.id = l.paid_charge_id order by l.sign_plan_id, l.number`,
    ),
    cards: await rows(
      `select k.id, k.out_card_code as "outCardCode", k.openid, k.state,
         ${netFen("state = 'accepted'")} as "toldFen", ${netFen("state = 'too_late'")} as "lateFen",
         coalesce((select sum(o.discount_fen - floor(o.discount_fen * back.fen / o.amount_fen)) from card_order g
           join orders o on o.id = g.order_id and o.state = 'paid'
           cross join lateral (select coalesce(-sum(m.amount_fen), 0) as fen from movement m
             where m.charge_id = o.paid_charge_id and m.kind = 'refund') back
           where g.card_id = k.id), 0)::float8 as "givenFen",
         coalesce((select c.amount_fen from charge c where c.id = k.paid_charge_id), 0)::float8 as "paidFen"
       from card k`,
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

const netFen = (where: string): string =>
  `coalesce((select sum(case direction when 'INCREASE' then amount_fen else -amount_fen end) from card_record
     where card_id = k.id and kind = 'reward' and ${where}), 0)::float8`
