import { cards } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import type { CardPages } from '../../shared/phone.ts'
import { RequestFailed } from '../../shared/request-failed.ts'
import { isRunning } from './card-of.ts'
import { polls, refusals, type TakeEvent, type Verdict, type View } from './take-flow.ts'

export interface TakeDeps {
  client: Client
  openCardPage: CardPages['open']
  pause: (ms: number) => Promise<void>
  now: () => number
  /** Leads the shopper, who has just taken the card, on. */
  enterCard: (cardId: string) => Promise<void>
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay {
  offerId: string
  card: { readonly id: string } | undefined
  /** What WeChat's page is opened with, since the server gave it. */
  parameters: { page: cards.CardPage; at: number } | undefined
  isOver: () => boolean
  send: (event: TakeEvent) => void
  /** Keeps the card of the shopper and goes where it leads. */
  tell: (card: cards.Card) => void
  equip: (card: cards.Card, parameters: Stay['parameters']) => void
  /** The server could not be asked, or has refused. */
  lose: (error: unknown, refusal?: Verdict) => void
}
type Work = (stay: Stay, deps: TakeDeps) => Promise<void>

const codeOf = (error: unknown): string => (error instanceof RequestFailed ? error.code : '')

const prepare: Work = async (stay, { client, now }) => {
  try {
    const { card, page } = await client.call(cards.prepareCard, { id: stay.offerId })
    stay.equip(card, { page, at: now() })
  } catch (error) {
    if (codeOf(error) === 'CARD_ALREADY_TAKEN') await find(stay, client, error)
    else stay.lose(error, refusals[codeOf(error)])
  }
}

const FIND_MAX = 100

/** The one that is held already. */
async function find(stay: Stay, client: Client, refusal: unknown): Promise<void> {
  try {
    const { cards: held } = await client.call(cards.listCards, { limit: FIND_MAX })
    const taken = held.find(({ offerId, status }) => offerId === stay.offerId && isRunning(status))
    if (taken) stay.tell(taken)
    else stay.lose(refusal)
  } catch (error) {
    stay.lose(error)
  }
}

/** Calls WeChat before anything is waited for: later than the tap it opens no page. */
const openPage: Work = async (stay, { openCardPage }) => {
  const { parameters } = stay
  const claim = parameters && (await openCardPage(parameters.page).catch(() => 'refused' as const))
  stay.send(claim ?? 'refused')
}

const poll =
  (delaysMs: readonly number[]): Work =>
  async (stay, { client, pause }) => {
    for (const delayMs of delaysMs) {
      await pause(delayMs)
      if (stay.isOver() || !stay.card) return
      try {
        stay.tell(await client.call(cards.checkCard, { id: stay.card.id }))
      } catch (error) {
        // Not found: of another shopper, who had this phone before.
        stay.lose(error, codeOf(error) === 'CARD_NOT_FOUND' ? 'says-lapsed' : undefined)
      }
    }
    stay.send('gave-up')
  }

const enter: Work = async ({ card }, { enterCard }) => {
  if (card) await enterCard(card.id)
}

/** What a view does when it is entered; the others wait for the shopper. */
export const viewWork: Readonly<Partial<Record<View, Work>>> = {
  preparing: prepare,
  opening: openPage,
  confirming: poll(polls.confirming),
  untaken: prepare,
  again: poll(polls.again),
  taken: enter,
}
