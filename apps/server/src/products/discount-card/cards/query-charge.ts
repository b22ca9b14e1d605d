import type { Ctx } from '../../../kernel/context.ts'
import { noteAnswer } from '../../../ledger/note-answer.ts'
import { type ChargeNumber, findLiveCharge } from '../../../ledger/repository.ts'
import { findCardByCode } from '../repository.ts'
import { type Answer, queryCard } from './query.ts'

/**
 * Asks WeChat Pay about a card and what it collects for it, by 商户领卡号: also before there is anything to collect.
 * @returns how the card stands now; `unknown` for nobody's number too
 */
export async function queryCharge(ctx: Ctx, { mchid, outTradeNo }: ChargeNumber): Promise<Answer> {
  const card = await findCardByCode(ctx.db, { mchid, outCardCode: outTradeNo })
  if (!card) return 'unknown'
  const answer = await queryCard(ctx, card)
  const charge = await findLiveCharge(ctx.db, 'card', card.id)
  if (charge) await noteAnswer(ctx.db, charge.id, !['absent', 'unknown', 'refused'].includes(answer))
  return answer
}
