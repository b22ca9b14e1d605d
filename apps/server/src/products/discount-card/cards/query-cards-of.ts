import type { Ctx } from '../../../kernel/context.ts'
import { queryCharge } from './query-charge.ts'

/** What may still be collected for, or may be by now without our knowing. */
const collectable = ['ongoing', 'settling', 'unfinished', 'owing'] as const

/**
 * Asks WeChat Pay about every card that somebody holds and has not paid. Nothing can be collected for a card whose holder
 * we do not know: nothing of it was ever told.
 */
export async function queryCardsOf(ctx: Ctx, { mchid, openid }: { mchid: string; openid: string }): Promise<void> {
  const cards = await ctx.db
    .selectFrom('card')
    .select('out_card_code')
    .where('mchid', '=', mchid)
    .where('openid', '=', openid)
    .where('state', 'in', collectable)
    .orderBy('id')
    .execute()
  for (const { out_card_code: outTradeNo } of cards) await queryCharge(ctx, { mchid, outTradeNo })
}
