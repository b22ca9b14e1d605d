import type { states } from '@shouyin/wechatpay-core/discount-card'
import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import { isKept, totalFen } from '../../../kernel/discount-card/sums.ts'
import type { World } from '../../../kernel/world.ts'
import { notifyAccepted, notifyEnded, notifyPaid } from '../notify.ts'
import { startDeducting } from '../user/deduct.ts'
import { moveCard } from './moves.ts'

/** The user has taken it: ONGOING until its time is over. */
export function startCard(world: World, card: StoredCard): void {
  world.discountCards.putCard(card)
  planEnd(world, card)
  notifyAccepted(world, card)
}

/** After a restart: times that still run. */
export function resumeCards(world: World): void {
  for (const card of world.discountCards.cards()) planEnd(world, card)
}

/** What was promised is done: FINISHED at once. @returns false when it is not (all) done, or not ongoing */
export function finish(world: World, card: StoredCard): boolean {
  // DERIVED: while settling, records are corrected; what they come to counts at its end.
  return card.state === 'ONGOING' && isKept(card) && endCard(world, card, null, world.clock.nowMs())
}

/** The user gives the card up. DERIVED: only while it is ongoing. @returns false when it is not (any more) */
export function quit(world: World, card: StoredCard): boolean {
  return card.state === 'ONGOING' && endCard(world, card, 'EARLY_QUIT', world.clock.nowMs())
}

/** 到期结算 is over: what the records come to now is final. @returns false when it is not settling */
export function settle(world: World, card: StoredCard, atMs: number): boolean {
  return card.state === 'SETTLING' && endCard(world, card, isKept(card) ? null : 'DUE_TO_QUIT', atMs)
}

/** The one way into a final state: it is told, and what was enjoyed of a promise that was not kept is collected. */
function endCard(world: World, card: StoredCard, reason: states.UnfinishedReason | null, atMs: number): boolean {
  const isOwed = reason !== null && totalFen(card) > 0
  const facts = {
    unfinishedReason: reason,
    settleAtMs: null,
    endedAtMs: atMs,
    payState: isOwed ? 'PAYING' : null,
  } as const
  if (!moveCard(world, card, reason === null ? 'FINISHED' : 'UNFINISHED', facts)) return false
  notifyEnded(world, card, atMs)
  if (isOwed) startDeducting(world, card, atMs)
  else if (world.switches.cardPaidNotices === 'always') notifyPaid(world, card, atMs)
  return true
}

/** Found again by its number when due: a lying answer may have put copies in place of what is here now. */
function planEnd(world: World, { mchid, outCardCode, state, endAtMs, settleAtMs }: StoredCard): void {
  const dueMs = state === 'ONGOING' ? endAtMs : settleAtMs
  if (dueMs === null) return
  world.clock.schedule(dueMs, async () => {
    const card = world.discountCards.card(mchid, outCardCode)
    if (card) goOn(world, card, dueMs)
    return 0
  })
}

/** A card that has ended meanwhile makes neither move. */
function goOn(world: World, card: StoredCard, dueMs: number): void {
  if (settle(world, card, dueMs)) return
  const settleAtMs = dueMs + world.switches.cardSettlingSeconds * 1000
  if (moveCard(world, card, 'SETTLING', { settleAtMs })) planEnd(world, card)
}
