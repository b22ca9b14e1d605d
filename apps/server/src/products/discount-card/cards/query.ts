import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf } from '../../../kernel/refusal.ts'
import { type CardState, untakenCardStates } from '../states.ts'
import type { Card } from '../table.ts'
import { applyCard } from './apply-card.ts'

/**
 * How the card stands now. `absent`: nobody took it, or so it seems; that answer is unsigned and proves nothing by itself.
 * `refused`: what was said contradicts our own record, or is about another card.
 */
export type Answer = CardState | 'absent' | 'unknown' | 'refused'

/** 查询先享卡订单. Applies a signed answer about this very card; anything else leaves it as it is, to be asked again. */
export async function queryCard(ctx: Ctx, card: Card): Promise<Answer> {
  const answer = await ask(ctx, card)
  const isUntaken = untakenCardStates.some((state) => state === card.state)
  // That nobody took it is what one expects of a card that waits for it.
  await noteAnswer(ctx, card, answer === 'absent' ? isUntaken : answer !== 'unknown' && answer !== 'refused')
  return answer
}

async function ask(ctx: Ctx, { mchid, out_card_code }: Card): Promise<Answer> {
  try {
    const said = await ctx.wechat(mchid).call(endpoints.queryCard, { path: { out_card_code } })
    if (said.out_card_code !== out_card_code || said.mchid !== mchid) {
      // Rightly signed, but about another one: a signature does not name its question.
      const answered = said.out_card_code
      ctx.alarm('answer_to_another_question', { mchid, outCardCode: out_card_code, answered })
      return 'refused'
    }
    const applied = await applyCard(ctx, { said, proof: 'query' })
    return applied.kind === 'refused' ? 'refused' : applied.card.state
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'RESOURCE_NOT_EXISTS') return 'absent'
    ctx.log.warn({ mchid, outCardCode: out_card_code, ...failureOf(error) }, 'query unanswered')
    return 'unknown'
  }
}

/** The shopper sees a card as confirming until WeChat Pay answers. */
export async function noteAnswer({ db }: Ctx, { id }: Card, isAnswered: boolean): Promise<void> {
  await db
    .updateTable('card')
    .set({ unconfirmed: !isAnswered })
    .where('id', '=', id)
    .where('next_query_at', 'is not', null)
    .where('unconfirmed', '=', isAnswered)
    .execute()
}
