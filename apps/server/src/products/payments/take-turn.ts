import type { ShopperCtx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Turn } from '../../kernel/until-ready.ts'
import { openCharge } from '../../ledger/open.ts'
import { lockLiveCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { lockOrder } from '../../shop/orders/repository.ts'
import type { OrderRow } from '../../shop/table.ts'
import { insertPrepay, lockPrepay, takeAskingTurn } from './repository.ts'
import { createBody } from './request.ts'
import { firstQueryAt } from './schedule.ts'

/** WeChat Pay keeps a prepay_id for 2 h; the shopper needs some minutes of that to pay. */
const PREPAY_USABLE_MS = 115 * 60_000
/** WeChat Pay moves an earlier time_expire to one minute from now. */
const MIN_LEFT_MS = 60_000
/** Longer than any call to WeChat Pay: when it is over, whoever was asking is gone. */
const ASKING_MS = 20_000

interface Ready {
  readonly charge: Charge
  readonly prepayId: string
}

export interface Asking {
  readonly charge: Charge
  readonly body: string
  readonly askingUntil: Date
}

/**
 * Decides under the lock of the order, so that of many taps one asks WeChat Pay and all get its answer. Opens the
 * charge if there is none; a live one is reused with its number and the very request that was first sent.
 * @throws AppError ORDER_PAID, ORDER_CLOSED, ORDER_EXPIRED
 */
export async function takeTurn(tx: Tx, ctx: ShopperCtx, orderId: string): Promise<Turn<Ready, Asking>> {
  const now = ctx.clock.now()
  const askingUntil = new Date(now.getTime() + ASKING_MS)
  const order = await lockOrder(tx, orderId)
  assertPayable(order, now)
  const live = await lockLiveCharge(tx, 'order', orderId)
  if (!live) {
    const charge = await openCharge(tx, toCharge(order), { now, nextQueryAt: firstQueryAt(now) })
    const body = JSON.stringify(createBody(charge, order, ctx.config.notifyBaseUrl))
    await insertPrepay(tx, charge.id, body, askingUntil)
    return { kind: 'ask', charge, body, askingUntil }
  }
  const prepay = await lockPrepay(tx, live.id)
  if (prepay.prepay_id && prepay.made_at && now.getTime() - prepay.made_at.getTime() < PREPAY_USABLE_MS) {
    return { kind: 'ready', charge: live, prepayId: prepay.prepay_id }
  }
  if (prepay.asking_until && prepay.asking_until > now) return { kind: 'wait' }
  await takeAskingTurn(tx, live.id, askingUntil)
  return { kind: 'ask', charge: live, body: prepay.body, askingUntil }
}

function assertPayable(order: OrderRow, now: Date): void {
  if (order.state === 'paid') throw new AppError('ORDER_PAID', '订单已支付')
  if (order.state !== 'pending') throw new AppError('ORDER_CLOSED', '订单已关闭，请重新下单')
  if (order.expires_at.getTime() - now.getTime() < MIN_LEFT_MS) {
    throw new AppError('ORDER_EXPIRED', '订单已过支付时间，请重新下单')
  }
}

const toCharge = (order: OrderRow) =>
  ({
    source: 'payments',
    purpose: 'order',
    subjectId: order.id,
    mchid: order.mchid,
    appid: order.appid,
    openid: order.openid,
    amountFen: order.amount_fen,
    description: order.description,
    expiresAt: order.expires_at,
  }) as const
