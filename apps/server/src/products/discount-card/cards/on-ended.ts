import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import type { Handled } from '../../../kernel/inbox.ts'
import { findCardByCode } from '../repository.ts'
import { endedCardStates, fromCardState, isOpen } from '../states.ts'
import type { Card } from '../table.ts'
import { applyCard, contradictionsOf } from './apply-card.ts'
import { queryCard } from './query.ts'
import { settleCard } from './settle-card.ts'

/** 守约状态变化通知. A sample prints ONGOING in it: then WeChat Pay is asked how the card stands. */
export async function onAgreementEnded(ctx: Ctx, said: schema.Card): Promise<Handled> {
  const applied = await applyCard(ctx, { said, proof: 'notification' })
  if (applied.kind === 'refused') return 'dead'
  const state = fromCardState(said.state)
  return state !== 'unknown' && isOpen(state) ? confirmEnd(ctx, applied.card) : 'processed'
}

/**
 * 扣费状态变化通知. It may come first, and has neither terms nor records: WeChat Pay is asked, unless only the money of a card
 * that has ended is new.
 */
export async function onUserPaid(ctx: Ctx, said: schema.ChargedCard): Promise<Handled> {
  const { mchid, out_card_code: outCardCode } = said
  const card = await findCardByCode(ctx.db, { mchid, outCardCode })
  const fields = card && (await inTransaction(ctx.db, (tx) => contradictionsOf(tx, card, said)))
  if (!card || fields?.length !== 0) {
    const about = { mchid, outCardCode, state: said.state, proof: 'notification', ...(fields && { fields }) }
    await alarmDaily(ctx, card ? 'card_mismatch' : 'unknown_card', outCardCode, about)
    return 'dead'
  }
  if (card.state !== 'owing' && card.state !== 'paid') return confirmEnd(ctx, card)
  return (await settleCard(ctx, card, { said, proof: 'notification' })) ? 'processed' : 'dead'
}

/** @throws Error while WeChat Pay does not say that it has ended: the inbox brings the notice again */
async function confirmEnd(ctx: Ctx, card: Card): Promise<Handled> {
  const answer = await queryCard(ctx, card)
  if (endedCardStates.some((ended) => ended === answer)) return 'processed'
  throw new Error('the end of a card that is not confirmed')
}
