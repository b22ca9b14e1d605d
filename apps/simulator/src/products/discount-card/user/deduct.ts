import { paymentChanges } from '../../../kernel/bookings.ts'
import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import { totalFen } from '../../../kernel/discount-card/sums.ts'
import type { World } from '../../../kernel/world.ts'
import { movePay } from '../model/moves.ts'
import { newCollection } from '../model/new-card.ts'
import { notifyPaid } from '../notify.ts'

/** While attempts fail, time must pass between them: a clock that is moved on would never arrive. */
const SHORTEST_WAIT_MS = 1000

/** From the end of a promise that was not kept on, WeChat tries to deduct, again and again, until it is paid. */
export function startDeducting(world: World, card: StoredCard, atMs: number): void {
  if (world.switches.cardPaidNotices !== 'paid') notifyPaid(world, card, atMs)
  plan(world, card, atMs + world.switches.cardDeductionSeconds * 1000)
}

/** After a restart: goes on with what was under way. */
export function resumeDeductions(world: World): void {
  for (const card of world.discountCards.cards()) schedule(world, card)
}

/** An attempt ends now, as the caller says. @returns false when nothing is owed */
export function endAttempt(world: World, card: StoredCard, result: 'succeed' | 'fail', atMs: number): boolean {
  if (card.payState !== 'PAYING') return false
  card.attempts += 1
  if (result === 'succeed') return collect(world, card, atMs)
  plan(world, card, atMs + Math.max(world.switches.cardRetrySeconds * 1000, SHORTEST_WAIT_MS))
  return true
}

/** The one place where a card takes money. */
function collect(world: World, card: StoredCard, atMs: number): boolean {
  const transaction = newCollection(world, card, totalFen(card), atMs)
  const facts = { deductAtMs: null, paidAtMs: atMs, transactionId: transaction.transactionId }
  if (!movePay(world, card, 'PAID', facts)) return false
  world.transactions.add(transaction)
  world.funds.book(...paymentChanges(transaction))
  notifyPaid(world, card, atMs)
  return true
}

function plan(world: World, card: StoredCard, deductAtMs: number): void {
  Object.assign(card, { deductAtMs })
  world.discountCards.putCard(card)
  schedule(world, card)
}

/** Found again by its number when due: a lying answer may have put copies in place of what is here now. */
function schedule(world: World, { mchid, outCardCode, deductAtMs: dueMs }: StoredCard): void {
  if (dueMs === null) return
  world.clock.schedule(dueMs, async () => {
    const card = world.discountCards.card(mchid, outCardCode)
    const result = world.switches.cardDeduction === 'succeeds' ? 'succeed' : 'fail'
    if (card?.deductAtMs === dueMs) endAttempt(world, card, result, dueMs)
    return 0
  })
}
