import { cards } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import { type CardEvent, pollsMs, type View, WATCH_MS } from './card-flow.ts'
import type { HeldCard } from './card-of.ts'

export interface CardDeps {
  client: Client
  pause: (ms: number) => Promise<void>
  /** WeChat is asked how the card stands; to be called when it has said so. */
  asking: () => () => void
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay {
  id: string
  isOver: () => boolean
  send: (event: CardEvent) => void
  /** Shows the card and goes where it leads. */
  tell: (card: HeldCard) => void
  /** The server could not be asked. */
  lose: (error: unknown) => void
}
type Work = (stay: Stay, deps: CardDeps) => Promise<void>

const ask: Work = async (stay, { client, asking }) => {
  try {
    const heard = asking()
    const card = await client.call(cards.checkCard, { id: stay.id })
    if (!card.confirming) heard()
    stay.tell(card)
  } catch (error) {
    stay.lose(error)
  }
}

const poll: Work = async (stay, deps) => {
  for (const delayMs of pollsMs) {
    await deps.pause(delayMs)
    if (stay.isOver()) return
    await ask(stay, deps)
  }
  stay.send('gave-up')
}

/** Unread, the shopper's next move reads it. */
const watch: Work = async (stay, { client, pause }) => {
  await pause(WATCH_MS)
  if (stay.isOver()) return
  await client.call(cards.getCard, { id: stay.id }).then(stay.tell, () => {})
}

/** What a view does when it is entered; the others wait. */
export const viewWork: Readonly<Partial<Record<View, Work>>> = {
  checking: ask,
  moving: poll,
  waiting: watch,
  quiet: watch,
}
