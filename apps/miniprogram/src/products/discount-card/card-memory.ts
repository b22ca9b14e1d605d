import type { HeldCard } from './card-of.ts'

type Status = HeldCard['status']

/** How far a card has come: what is over does not begin again. */
const ranks: Readonly<Record<Status, number>> = {
  prepared: 0,
  failed: 0,
  lapsed: 0,
  taken_by_other: 1,
  ongoing: 1,
  settling: 2,
  unfinished: 3,
  finished: 4,
  owing: 4,
  paid: 5,
  unknown: 0,
}

/** Answers overtake each other: an older one changes nothing, and neither records nor money that went back get fewer. */
function isOvertaken(card: HeldCard, known: HeldCard | undefined): boolean {
  if (!known || card.status === 'unknown') return false
  if (ranks[card.status] !== ranks[known.status]) return ranks[card.status] < ranks[known.status]
  return card.records.length < known.records.length || card.refundedFen < known.refundedFen
}

const canBeLeft = ({ status }: HeldCard): boolean => status === 'ongoing'

/**
 * Cards as the server last showed them, for as long as the app lives; and which of them their shopper may have given up
 * on WeChat's page without the server knowing it: in no place is such a card called ongoing.
 */
export function createCardMemory() {
  const byId = new Map<string, HeldCard>()
  /** Cards whose shopper is at a page of WeChat's, or back from it, and nobody has asked since. */
  const visits = new Map<string, 'away' | 'back'>()
  return {
    rememberCards(...shown: readonly HeldCard[]): void {
      for (const card of shown) if (!isOvertaken(card, byId.get(card.id))) byId.set(card.id, card)
    },
    /** The shopper goes to WeChat's page of a card, where it can be given up. */
    noteVisit: (id: string): void => void visits.set(id, 'away'),
    noteReturn(id: string): void {
      if (visits.has(id)) visits.set(id, 'back')
    },
    /** WeChat is asked about a card; to be called when it has answered. Only a question after the return counts. */
    asking(id: string): () => void {
      const asked = visits.get(id)
      return () => {
        if (asked === 'back' && visits.get(id) === 'back') visits.delete(id)
      }
    },
    /** As `confirming` while its shopper may have left it. */
    cardSeen(id: string): HeldCard | undefined {
      const card = byId.get(id)
      return card && visits.has(id) && canBeLeft(card) ? { ...card, confirming: true } : card
    },
  }
}
