import type { cards } from '@shouyin/contracts/shopper'
import { cardDetailPage } from '@shouyin/wechatpay-core/protocol'
import { isOpen } from '../states.ts'
import type { Card } from '../table.ts'
import type { CardFacts } from './facts.ts'
import { describeRecord, goalsOf, rewardsOf, savedFenOf, untouched } from './progress.ts'

/** A card as whoever holds it sees it, and the shop; one that nobody holds has nothing but its terms. */
export function describeCard(card: Card, facts: CardFacts): Omit<cards.Card, 'fromOther'> {
  const isTaken = card.openid !== null
  const savedFen = savedFenOf(facts)
  return {
    ...named(card, facts),
    status: statusOf(card),
    confirming: isConfirming(card, facts),
    ...(isTaken ? { goals: goalsOf(facts), rewards: rewardsOf(facts) } : untouched(facts)),
    savedFen,
    dueFen: dueFenOf(card, savedFen),
    refundedFen: facts.charge?.refundedFen ?? 0,
    reason: reasonOf(card),
    records: facts.records.map((record) => describeRecord(record, facts)),
    takenAt: card.taken_at?.toISOString() ?? null,
    beginAt: card.begin_at?.toISOString() ?? null,
    endAt: card.end_at?.toISOString() ?? null,
    endedAt: card.ended_at?.toISOString() ?? null,
    paidAt: card.paid_at?.toISOString() ?? null,
    page: isTaken ? pageOf(card) : null,
  }
}

/** … as somebody sees it who asked for it, and somebody else took it. */
export const describeTakenByOther = (card: Card, facts: CardFacts): cards.Card => ({
  ...named(card, facts),
  ...{ status: 'taken_by_other', confirming: false, fromOther: false },
  ...untouched(facts),
  ...{ savedFen: 0, dueFen: 0, refundedFen: 0, reason: null, records: [], page: null },
  ...{ takenAt: null, beginAt: null, endAt: null, endedAt: null, paidAt: null },
})

const named = ({ id, template_id }: Card, { name }: CardFacts) => ({ id, offerId: template_id, name })

function statusOf({ state }: Card): cards.Card['status'] {
  if (state === 'preparing') return 'prepared'
  return state === 'refused' ? 'failed' : state
}

/** The last question had no answer, of one that WeChat Pay may have news of; or the answer left out what is owed. */
const isConfirming = ({ state, total_fen, unconfirmed, next_query_at }: Card, { charge }: CardFacts): boolean =>
  (unconfirmed && next_query_at !== null) ||
  (state === 'unfinished' && total_fen === null) ||
  (state === 'owing' && charge?.unconfirmed === true)

/** What ending the promise now would cost, or did. */
function dueFenOf({ state, total_fen }: Card, savedFen: number): number {
  if (isOpen(state)) return savedFen
  if (state === 'unfinished') return total_fen ?? savedFen
  return state === 'owing' || state === 'paid' ? (total_fen ?? 0) : 0
}

function reasonOf({ state, unfinished_reason }: Card): cards.Card['reason'] {
  if (unfinished_reason === 'EARLY_QUIT') return 'quit'
  if (unfinished_reason === 'DUE_TO_QUIT') return 'expired'
  return state === 'unfinished' || state === 'owing' || state === 'paid' ? 'unknown' : null
}

function pageOf({ mchid, out_card_code: outCardCode }: Card): cards.CardPage {
  const { appId, path } = cardDetailPage({ mchid, outCardCode })
  return { appId, path }
}
