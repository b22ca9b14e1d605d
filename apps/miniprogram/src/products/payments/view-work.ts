import { orders } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import type { Phone } from '../../shared/phone.ts'
import { type PaymentEvent, polls, type View, WATCH_MS } from './flow.ts'

export interface PaymentDeps {
  client: Client
  requestPayment: Phone['requestPayment']
  pause: (ms: number) => Promise<void>
  /** False while another page or app lies over this one. */
  isSeen: () => boolean
  /** Tells the shopper why an action did not work out. */
  explain: (error: unknown) => void
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay {
  id: string
  isOver: () => boolean
  send: (event: PaymentEvent) => void
  /** Shows the order and goes where it leads. */
  tell: (order: orders.Order) => void
  /** The server could not be asked. */
  lose: (error: unknown) => void
  /** What `starting` leaves for `paying`. */
  parameters: { current: orders.PaymentParameters | undefined }
}
type Work = (stay: Stay, deps: PaymentDeps) => Promise<void>

const ask: Work = async (stay, { client }) => {
  try {
    stay.tell(await client.call(orders.checkOrder, { id: stay.id }))
  } catch (error) {
    stay.lose(error)
  }
}

const poll =
  (delaysMs: readonly number[]): Work =>
  async (stay, deps) => {
    for (const delayMs of delaysMs) {
      await deps.pause(delayMs)
      if (stay.isOver()) return
      await ask(stay, deps)
    }
    stay.send('gave-up')
  }

/** An order that is looked at may expire, or be settled elsewhere. Unseen or unread, the shopper's next move reads it. */
const watch: Work = async (stay, { client, pause, isSeen }) => {
  await pause(WATCH_MS)
  if (stay.isOver() || !isSeen()) return
  await client.call(orders.getOrder, { id: stay.id }).then(stay.tell, () => {})
}

/** Whatever went wrong, the next question is what became of the order. */
function refuse(stay: Stay, deps: PaymentDeps, error: unknown): void {
  if (stay.isOver()) return
  deps.explain(error)
  stay.send('refused')
}

const start: Work = async (stay, deps) => {
  try {
    stay.parameters.current = await deps.client.call(orders.startPayment, { id: stay.id })
    stay.send('parameters')
  } catch (error) {
    refuse(stay, deps, error)
  }
}

const pay: Work = async (stay, deps) => {
  const { current } = stay.parameters
  const claim = current && (await deps.requestPayment(current).catch(() => 'failed' as const))
  stay.send(claim === 'cancelled' ? 'sheet-cancelled' : 'sheet-done')
}

const cancel: Work = async (stay, deps) => {
  try {
    stay.tell(await deps.client.call(orders.cancelOrder, { id: stay.id }))
  } catch (error) {
    refuse(stay, deps, error)
  }
}

/** What a view does when it is entered; the others wait for the shopper. */
export const viewWork: Readonly<Partial<Record<View, Work>>> = {
  checking: ask,
  payable: watch,
  unconfirmed: watch,
  starting: start,
  paying: pay,
  cancelling: cancel,
  confirming: poll(polls.confirming),
  closing: poll(polls.closing),
}
