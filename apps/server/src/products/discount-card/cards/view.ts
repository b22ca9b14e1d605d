import type { cards } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import type { Card } from '../table.ts'
import { describeCard, describeTakenByOther } from './describe.ts'
import { loadFacts } from './facts.ts'
import { isHeldBy } from './own.ts'

/** What this shopper sees of these cards, in their order: of one that somebody else took no more than that. */
export async function viewCards({ db, actor }: ShopperCtx, rows: readonly Card[]): Promise<cards.Card[]> {
  const facts = await loadFacts(db, rows)
  return rows.flatMap((row, i) => {
    const own = facts[i]
    if (!own) return []
    const isHeld = isHeldBy(row, actor)
    if (row.openid !== null && !isHeld) return describeTakenByOther(row, own)
    return { ...describeCard(row, own), fromOther: isHeld && row.asked_by !== actor.userId }
  })
}

export async function viewCard(ctx: ShopperCtx, row: Card): Promise<cards.Card> {
  const [card] = await viewCards(ctx, [row])
  if (!card) throw new Error(`card ${row.id} has no view`)
  return card
}
