import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import type { Handled } from '../../../kernel/inbox.ts'
import { ownSumFen } from '../records/own-sum.ts'
import { findCardByCode } from '../repository.ts'
import { type CardState, endedCardStates, fromCardState, isOpen, untakenCardStates } from '../states.ts'
import type { Card } from '../table.ts'
import { applyCard, contradictionsOf } from './apply-card.ts'
import { queryCard } from './query.ts'
import { settleCard } from './settle-card.ts'

const isUntaken = (state: CardState): boolean => untakenCardStates.some((untaken) => untaken === state)

/** 用户领卡通知: the first word about who holds the card, which nothing of ours could contradict: WeChat Pay is asked. */
export async function onUserAccepted(ctx: Ctx, said: schema.Card): Promise<Handled> {
  const card = await findCard(ctx, said)
  if (!card) return 'dead'
  if (isUntaken(card.state)) return confirm(ctx, card, (state) => !isUntaken(state))
  return (await applyCard(ctx, { said, proof: 'notification' })).kind === 'refused' ? 'dead' : 'processed'
}

/**
 * 守约状态变化通知. Believed where it says what we know: of whom, and how much. A sample prints ONGOING in it; of that, and of
 * another sum than ours, WeChat Pay is asked.
 */
export async function onAgreementEnded(ctx: Ctx, said: schema.Card): Promise<Handled> {
  const card = await findCard(ctx, said)
  if (!card) return 'dead'
  const state = fromCardState(said.state)
  const isOurs = !isUntaken(card.state) && said.total_amount === (await ownSumFen(ctx.db, card.id))
  if (state !== 'unknown' && (isOpen(state) || !isOurs)) return confirm(ctx, card, isEnded)
  return (await applyCard(ctx, { said, proof: 'notification' })).kind === 'refused' ? 'dead' : 'processed'
}

/**
 * 扣费状态变化通知. It may come first, and has neither terms nor records: WeChat Pay is asked, unless only the money of a card
 * that has ended is new.
 */
export async function onUserPaid(ctx: Ctx, said: schema.ChargedCard): Promise<Handled> {
  const card = await findCard(ctx, said)
  if (!card) return 'dead'
  if (card.state !== 'owing' && card.state !== 'paid') return confirm(ctx, card, isEnded)
  return (await settleCard(ctx, card, { said, proof: 'notification' })) ? 'processed' : 'dead'
}

/** The card that a notice is about; undefined, with an alarm, when it is none of ours, or is not about what we agreed. */
async function findCard(ctx: Ctx, said: schema.ChargedCard): Promise<Card | undefined> {
  const { mchid, out_card_code: outCardCode, state } = said
  const card = await findCardByCode(ctx.db, { mchid, outCardCode })
  const fields = card && (await inTransaction(ctx.db, (tx) => contradictionsOf(tx, card, said)))
  if (fields?.length === 0) return card
  const about = { mchid, outCardCode, state, proof: 'notification', ...(fields && { fields }) }
  await alarmDaily(ctx, card ? 'card_mismatch' : 'unknown_card', outCardCode, about)
  return undefined
}

const isEnded = (state: CardState): boolean => endedCardStates.some((ended) => ended === state)

/** @throws Error while WeChat Pay does not say so: the inbox brings the notice again */
async function confirm(ctx: Ctx, card: Card, isSo: (state: CardState) => boolean): Promise<Handled> {
  const answer = await queryCard(ctx, card)
  if (answer !== 'absent' && answer !== 'unknown' && isSo(answer)) return 'processed'
  throw new Error('a notice of a card that is not confirmed')
}
