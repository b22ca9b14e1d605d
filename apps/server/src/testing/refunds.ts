import { randomUUID } from 'node:crypto'
import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx, RequestInfo } from '../kernel/context.ts'
import { latestCharges } from '../ledger/repository.ts'
import type { Charge, Refund } from '../ledger/table.ts'
import { queryCharge } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { catchUp } from '../products/refunds/catch-up.ts'
import { createRefund } from '../products/refunds/create-refund.ts'
import { onNotification } from '../products/refunds/on-notification.ts'
import { newMerchant } from './context.ts'
import { deliver, type Letter } from './letters.ts'
import { startWorld, type WorldOptions } from './world.ts'

/** A refund as the local WeChat Pay keeps it. */
export interface WechatRefund {
  readonly outRefundNo: string
  readonly refundId: string
  readonly status: string
  readonly amountFen: number
}

export type Sales = Awaited<ReturnType<typeof openSales>>

export const CREATE = '/v3/refund/domestic/refunds'
const BALANCE_FEN = 10_000_000

/** A world in which shoppers have paid and the shop gives money back. Nobody sweeps but the test. */
export async function openSales(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const lin = await newMerchant(ctx, { person: 'Lin' })
  await simulated.call('POST', '/funds', { amountFen: BALANCE_FEN })
  await simulated.call('PUT', '/switches', { refundMinGapSeconds: 0 })
  const latest = async (orderId: string): Promise<Charge> => {
    const [charge] = await latestCharges(ctx.db, 'order', [orderId])
    if (!charge) throw new Error(`order ${orderId} has no charge`)
    return charge
  }
  return {
    ...world,
    lin,
    latest,
    /** An order that somebody has tapped, and its charge. */
    async tapped(goodsId = 'swim-pass'): Promise<Charge> {
      const shopper = world.newShopper()
      const { id } = await world.placeOrder(shopper, goodsId)
      await startPayment(shopper, { id })
      return latest(id)
    },
    /** … has paid, and we know. */
    async paid(goodsId = 'swim-pass'): Promise<Charge> {
      const charge = await this.tapped(goodsId)
      await simulated.pay(charge.out_trade_no)
      await queryCharge(ctx, charge)
      return latest(charge.subject_id)
    },
    /** A refund of the shop, with a key of its own. */
    giveBack: (
      charge: Charge,
      amountFen?: number,
      { by = lin, ...more }: { by?: MerchantCtx & RequestInfo; outTradeNo?: string } = {},
    ): Promise<refunds.Refund> =>
      createRefund(
        { ...by, idempotencyKey: randomUUID() },
        { id: charge.subject_id, reason: '顾客改期', ...more, ...(amountFen !== undefined && { amountFen }) },
      ),
    refund: (id: string): Promise<Refund> =>
      ctx.db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    refundsOf: ({ id }: Charge): Promise<Refund[]> =>
      ctx.db.selectFrom('refund').selectAll().where('charge_id', '=', id).orderBy('id').execute(),
    /** Fen that went back of this charge, as the ledger has it. */
    async returnedFen({ id }: Charge): Promise<number> {
      const { db } = ctx
      const rows = await db.selectFrom('movement').select(['kind', 'amount_fen']).where('charge_id', '=', id).execute()
      return rows.filter(({ kind }) => kind === 'refund').reduce((sum, row) => sum - row.amount_fen, 0)
    },
    atWechat: async ({ out_trade_no }: Charge): Promise<readonly WechatRefund[]> =>
      (await simulated.call<{ refunds: WechatRefund[] }>('GET', `/refunds?outTradeNo=${out_trade_no}`)).refunds,
    finish: (refund: Pick<Refund, 'out_refund_no'>, status: 'SUCCESS' | 'ABNORMAL' | 'CLOSED') =>
      simulated.call('POST', `/refunds/${refund.out_refund_no}/finish`, { status }),
    /** All that is due, and what that makes due. */
    async sweep(): Promise<void> {
      while ((await catchUp(ctx)) > 0);
    },
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}

/** Letters about refunds, opened and handed to the server's handlers. */
export const deliverRefunds = ({ ctx }: Pick<Sales, 'ctx'>, letters: readonly Letter[]) =>
  deliver(ctx, onNotification, letters)
