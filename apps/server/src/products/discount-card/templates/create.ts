import { randomUUIDv7 } from 'node:crypto'
import type { cards } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { once } from '../../../kernel/idempotency.ts'
import { viewTemplate } from './merchant-view.ts'

type Input = ParsedInputOf<typeof cards.createCardTemplate>
type CreateCtx = MerchantCtx & RequestInfo

/**
 * Says what the shop does with a template that WeChat's staff has made from its form. One per Idempotency-Key; WeChat Pay
 * hears nothing of it, and what it has is only seen when somebody has taken a card.
 * @throws AppError GOODS_NOT_FOUND, CARD_TEMPLATE_EXISTS
 */
export async function createCardTemplate(ctx: CreateCtx, input: Input): Promise<cards.CardTemplate> {
  const { id } = await once(ctx, input, (tx) => insert(tx, ctx, input))
  return viewTemplate(ctx.db, id)
}

async function insert(tx: Tx, ctx: CreateCtx, input: Input): Promise<{ id: string }> {
  await assertGoods(tx, input)
  const id = randomUUIDv7()
  const { mchid, appid } = ctx.config
  const { cardTemplateId, name, description = null, durationDays } = input
  const inserted = await tx
    .insertInto('card_template')
    .values({
      ...{ id, mchid, appid, card_template_id: cardTemplateId, name, description },
      ...{ duration_days: durationDays, created_at: ctx.clock.now() },
    })
    .onConflict((oc) => oc.columns(['mchid', 'card_template_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) {
    const why = 'a card template of this card_template_id is there already; it cannot be changed, only withdrawn'
    throw new AppError('CARD_TEMPLATE_EXISTS', why, { field: 'cardTemplateId' })
  }
  await insertTerms(tx, id, input)
  await audit(tx, ctx, 'card-template.create', id, { cardTemplateId, name, goals: input.goals, rewards: input.rewards })
  return { id }
}

async function insertTerms(tx: Tx, id: string, { goals, rewards }: Input): Promise<void> {
  await tx
    .insertInto('card_template_goal')
    .values(
      goals.map(({ name, times, unit, counts, goodsIds }, i) => ({
        ...{ template_id: id, number: i + 1, name, times, unit, counts, goods_ids: goodsIds ?? null },
      })),
    )
    .execute()
  await tx
    .insertInto('card_template_reward')
    .values(
      rewards.map(({ name, times, unit, amountFen, percentOff, goodsIds }, i) => ({
        ...{ template_id: id, number: i + 1, name, times: times ?? null, unit, goods_ids: goodsIds ?? null },
        ...{ amount_fen: amountFen, percent_off: percentOff },
      })),
    )
    .execute()
}

/** Also what is off sale for now may count. */
async function assertGoods(tx: Tx, { goals, rewards }: Input): Promise<void> {
  const wanted = Object.entries({ goals, rewards }).flatMap(([list, terms]) =>
    terms.flatMap(({ goodsIds = [] }, i) => goodsIds.map((id, j) => ({ id, field: `${list}.${i}.goodsIds.${j}` }))),
  )
  if (wanted.length === 0) return
  const ids = wanted.map(({ id }) => id)
  const goods = await tx.selectFrom('goods').select('id').where('id', 'in', ids).execute()
  const missing = wanted.find(({ id }) => !goods.some((one) => one.id === id))
  if (missing) throw new AppError('GOODS_NOT_FOUND', `there are no goods ${missing.id}`, { field: missing.field })
}
