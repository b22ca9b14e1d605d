import { countBy } from './count-by.ts'
import type { Invariant } from './invariants.ts'

/** What holds of discount cards. */
export const ofCards: Readonly<Record<string, Invariant>> = {
  'a card stands with us as at WeChat, and belongs to who took it'({ wechat, cards }) {
    const theirs = new Map(wechat.cards.map((card) => [card.outCardCode, card]))
    return cards.flatMap(({ outCardCode, openid, state }) => {
      const card = theirs.get(outCardCode)
      const isRight = statesOfCard[card?.state ?? 'PREPARED']?.includes(state) && (card?.openid ?? null) === openid
      return isRight ? [] : [`${outCardCode} is ${card?.state ?? 'unknown'} there and ${state} here`]
    })
  },
  'WeChat knows of every card exactly what we told, each once'({ wechat, cards }) {
    const theirs = new Map(wechat.cards.map((card) => [card.outCardCode, card]))
    return cards.flatMap(({ outCardCode, toldFen }) => {
      const totalFen = theirs.get(outCardCode)?.totalFen ?? 0
      return totalFen === toldFen ? [] : [`${outCardCode}: ${totalFen} fen there, ${toldFen} told`]
    })
  },
  'a card costs what was enjoyed of it and not deserved, once'({ wechat, cards, charges }) {
    const theirs = new Map(wechat.cards.map((card) => [card.outCardCode, card]))
    const settled = countBy(charges.filter(({ purpose, settlement }) => purpose === 'card' && settlement === 'settled'))
    return cards.flatMap(({ id, outCardCode, state, toldFen, paidFen }) => {
      const dueFen = theirs.get(outCardCode)?.state === 'UNFINISHED' ? toldFen : 0
      const isRight = paidFen === dueFen && (settled.get(id) ?? 0) === (dueFen > 0 ? 1 : 0)
      return isRight ? [] : [`${outCardCode} (${state}): ${paidFen} of ${dueFen} fen`]
    })
  },
  'no discount is told that was not given'({ cards }) {
    return cards
      .filter(({ toldFen, givenFen, state }) => toldFen > givenFen && !isEnded.includes(state))
      .map(({ outCardCode, toldFen, givenFen }) => `${outCardCode}: ${toldFen} told, ${givenFen} given`)
  },
}

/** Untaken ones may have lapsed. */
const statesOfCard: Readonly<Record<string, readonly string[]>> = {
  PREPARED: ['preparing', 'prepared', 'refused', 'lapsed'],
  ONGOING: ['ongoing'],
  SETTLING: ['settling'],
  FINISHED: ['finished'],
  UNFINISHED: ['unfinished', 'paid'],
}

/** What went back after the end could not be told any more. */
const isEnded = ['finished', 'unfinished', 'owing', 'paid']
