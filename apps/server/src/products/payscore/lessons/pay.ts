import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { placeLines } from '../../../shop/orders/place.ts'
import { viewOrder } from '../../../shop/orders/view.ts'
import type { OrderRow } from '../../../shop/table.ts'
import { closeOrdersOf } from '../lesson-orders.ts'
import { lockLesson } from '../repository.ts'
import type { Lesson } from '../table.ts'
import { getOwnLesson } from './find.ts'
import { queryDeduction } from './query-deduction.ts'

/** The goods row that stands for every lesson. */
const GOODS_ID = 'lesson'
/** Enough to open WeChat's cashier and pay; an older order is replaced. */
const MIN_LEFT_MS = 120_000

/**
 * An ordinary order for a lesson whose deduction does not succeed. One is open at a time, however often it is tapped;
 * should the deduction be faster, what the order collects goes back by itself.
 * @throws AppError LESSON_NOT_FOUND, LESSON_NOT_OWED
 */
export async function payLesson(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.Order> {
  const { mchid, out_order_no: outTradeNo, state } = await getOwnLesson(ctx, id)
  // It may have been deducted a moment ago, or a person has to say what is owed: WeChat Pay has another sum.
  const answer = state === 'deducting' ? await queryDeduction(ctx, { mchid, outTradeNo }) : undefined
  if (answer === 'refused') throw notOwed()
  const order = await inTransaction(ctx.db, async (tx) => {
    const lesson = await lockLesson(tx, id)
    if (lesson.state !== 'deducting' || lesson.amount_fen === null) {
      throw notOwed()
    }
    const open = await openOrderOf(tx, id, new Date(ctx.clock.now().getTime() + MIN_LEFT_MS))
    return open ?? replaceOrder(tx, ctx, { ...lesson, amount_fen: lesson.amount_fen })
  })
  return viewOrder(ctx.db, order)
}

const notOwed = (): AppError => new AppError('LESSON_NOT_OWED', '这节课现在没有待付的款项')

const openOrderOf = (tx: Tx, lessonId: string, until: Date): Promise<OrderRow | undefined> =>
  tx
    .selectFrom('lesson_order')
    .innerJoin('orders', 'orders.id', 'lesson_order.order_id')
    .selectAll('orders')
    .where('lesson_order.lesson_id', '=', lessonId)
    .where('orders.state', '=', 'pending')
    .where('orders.expires_at', '>', until)
    .executeTakeFirst()

async function replaceOrder(tx: Tx, ctx: ShopperCtx, lesson: Lesson & { amount_fen: number }): Promise<OrderRow> {
  await closeOrdersOf(tx, lesson.id, ctx.clock.now())
  const { name: plan } = await tx
    .selectFrom('sign_plan')
    .innerJoin('plan', 'plan.id', 'sign_plan.plan_id')
    .select('plan.name')
    .where('sign_plan.id', '=', lesson.sign_plan_id)
    .executeTakeFirstOrThrow()
  const line = { id: GOODS_ID, name: `${plan} ${lesson.name}`, price_fen: lesson.amount_fen, quantity: 1 }
  const order = await placeLines(tx, ctx, [{ ...line, goods_tag: null }])
  await tx.insertInto('lesson_order').values({ order_id: order.id, lesson_id: lesson.id }).execute()
  return order
}
