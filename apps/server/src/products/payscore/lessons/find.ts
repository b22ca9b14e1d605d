import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { MerchantCtx, ShopperCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import { type ChargeNumber, findChargeByNumber } from '../../../ledger/repository.ts'
import type { Lesson } from '../table.ts'

/** By 商户服务订单号. */
export const findLesson = (db: Kysely<Database>, { mchid, outTradeNo }: ChargeNumber): Promise<Lesson | undefined> =>
  db
    .selectFrom('lesson')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('out_order_no', '=', outTradeNo)
    .executeTakeFirst()

const findLessonById = (db: Kysely<Database>, id: string): Promise<Lesson | undefined> =>
  db.selectFrom('lesson').selectAll().where('id', '=', id).executeTakeFirst()

/** One that is known to exist. */
export const readLesson = (db: Kysely<Database>, id: string): Promise<Lesson> =>
  db.selectFrom('lesson').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** @throws AppError LESSON_NOT_FOUND, for somebody else's lesson as for none */
export async function getOwnLesson({ db, actor }: ShopperCtx, id: string): Promise<Lesson> {
  const row = isUuid(id)
    ? await db
        .selectFrom('lesson')
        .innerJoin('sign_plan', 'sign_plan.id', 'lesson.sign_plan_id')
        .selectAll('lesson')
        .where('lesson.id', '=', id)
        .where('sign_plan.user_id', '=', actor.userId)
        .executeTakeFirst()
    : undefined
  if (!row) throw new AppError('LESSON_NOT_FOUND', '课程不存在')
  return row
}

/**
 * Anybody's lesson.
 * @param id its id, its 商户服务订单号, or the 微信订单号 of what paid it
 * @throws AppError LESSON_NOT_FOUND
 */
export async function findAnyLesson({ db, config }: MerchantCtx, id: string): Promise<Lesson> {
  const row = isUuid(id) ? await findLessonById(db, id) : await findByNumber(db, { mchid: config.mchid, number: id })
  if (!row)
    throw new AppError('LESSON_NOT_FOUND', 'no lesson has this id, 商户服务订单号 or 微信订单号', { field: 'id' })
  return row
}

async function findByNumber(
  db: Kysely<Database>,
  { mchid, number }: { readonly mchid: string; readonly number: string },
): Promise<Lesson | undefined> {
  const promised = await findLesson(db, { mchid, outTradeNo: number })
  const charge = promised ? undefined : await findChargeByNumber(db, { mchid, number })
  return charge?.purpose === 'lesson' ? findLessonById(db, charge.subject_id) : promised
}
