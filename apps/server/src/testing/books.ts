import type { Ctx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { latestCharges, lockCharge } from '../ledger/repository.ts'
import { reserveRefund } from '../ledger/reserve-refund.ts'
import type { Charge, Refund } from '../ledger/table.ts'
import { runBills } from '../products/bills/daily-job.ts'
import { addDays, dayOf } from '../products/bills/days.ts'
import { queryCharge } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { queryRefund } from '../products/refunds/query.ts'
import { submitRefund } from '../products/refunds/submit.ts'
import { asking } from '../products.ts'
import { startWorld, type WorldOptions } from './world.ts'

/** A world with bills, in which a test goes from day to day. Nobody listens to notifications. */
export type Books = Awaited<ReturnType<typeof openBooks>>

export async function openBooks(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const today = () => dayOf(ctx.clock.now())
  /** Both clocks to `time` (of Asia/Shanghai) of the next day, or of `day`. */
  const goTo = async (time: string, day = addDays(today(), 1)) => {
    const target = new Date(`${day}T${time}+08:00`).getTime()
    await world.advance(Math.ceil((target - ctx.clock.now().getTime()) / 1000))
  }
  await goTo('09:00:00')
  return {
    ...world,
    goTo,
    today,
    dayOf,
    /** An order that somebody taps; with `pay` also paid at WeChat Pay, of which nobody tells us. */
    async tap({ pay = true } = {}): Promise<Charge> {
      const shopper = world.newShopper()
      const { id } = await world.placeOrder(shopper)
      await startPayment(shopper, { id })
      const [charge] = await latestCharges(ctx.db, 'order', [id])
      if (!charge) throw new Error('the order has no charge')
      if (pay) await simulated.pay(charge.out_trade_no)
      return charge
    },
    /** … and we have asked about it. */
    async sell(): Promise<Charge> {
      const charge = await this.tap()
      await queryCharge(ctx, charge)
      return ctx.db.selectFrom('charge').selectAll().where('id', '=', charge.id).executeTakeFirstOrThrow()
    },
    /** Some of it goes back: accepted by WeChat Pay, and asked about only later. */
    async refund({ id }: Charge, amountFen: number): Promise<Refund> {
      const wanted = {
        amountFen,
        cause: 'merchant',
        reason: '顾客改期',
        requestedBy: '店长',
        state: 'waiting',
      } as const
      const reserved = await inTransaction(ctx.db, async (tx) =>
        reserveRefund(tx, { ...wanted, charge: await lockCharge(tx, id) }, ctx.clock.now()),
      )
      if (reserved.kind !== 'reserved') throw new Error(`the refund was not reserved: ${reserved.kind}`)
      await submitRefund(ctx, reserved.refund.id)
      return ctx.db.selectFrom('refund').selectAll().where('id', '=', reserved.refund.id).executeTakeFirstOrThrow()
    },
    askRefund: (refund: Refund) => queryRefund(ctx, refund),
    /** The daily job until nothing is due. */
    run: (by: Ctx = ctx) => runAll(by),
    /** The morning after, when its bills are there, and what the job makes of them. */
    async reconcile() {
      await goTo('10:31:00')
      await runAll(ctx)
    },
    edit: (date: string, edits: object, type = 'ALL') => simulated.call('POST', `/bills/${date}?type=${type}`, edits),
    days: (date: string) => ctx.db.selectFrom('bill_day').selectAll().where('date', '=', date).orderBy('id').execute(),
    /** Of that day, as far as tests look. */
    differences: (date: string) =>
      ctx.db
        .selectFrom('difference')
        .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
        .select(['kind', 'reference', 'out_trade_no', 'delta_fen', 'difference.state', 'note', 'bill'])
        .where('date', '=', date)
        .orderBy('difference.id')
        .execute(),
  }
}

async function runAll(ctx: Ctx): Promise<void> {
  while ((await runBills(ctx, asking)) > 0);
}
