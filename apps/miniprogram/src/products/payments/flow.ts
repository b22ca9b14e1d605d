import type { orders } from '@shouyin/contracts/shopper'

/** What happens to a payment on the phone. `says-…` is the server speaking about the order. */
export type PaymentEvent =
  | 'pay'
  | 'parameters'
  | 'refused'
  | 'sheet-done'
  | 'sheet-cancelled'
  | 'cancel'
  | 'ask'
  | 'no-answer'
  | 'gave-up'
  | 'online'
  | Verdict
export type Verdict = 'says-payable' | 'says-confirming' | 'says-paid' | 'says-closing' | 'says-closed' | 'says-unknown'

export type View =
  | 'checking'
  | 'payable'
  | 'starting'
  | 'paying'
  | 'confirming'
  | 'unconfirmed'
  | 'cancelling'
  | 'closing'
  | 'paid'
  | 'closed'
  | 'unknown'
  | 'unreachable'

type Moves = Readonly<Partial<Record<PaymentEvent, View>>>

const settled = { 'says-paid': 'paid', 'says-closed': 'closed', 'says-unknown': 'unknown' } as const
const answered = {
  ...settled,
  'says-payable': 'payable',
  'says-confirming': 'confirming',
  'says-closing': 'closing',
} as const

/** What is not believed: it only makes the page look again. */
const unsettled = {
  'says-payable': 'unconfirmed',
  'says-confirming': 'unconfirmed',
  'says-closing': 'closing',
} as const

/**
 * View → event → view; an event that is not named changes nothing. Only `payable` knows `pay`, and it is
 * reached by the server's word alone. After the sheet has said anything but "cancelled", an unpaid answer is
 * not believed until the shopper asks again: WeChat's own books may be seconds behind. `online`: a network that was away.
 */
export const moves = {
  checking: { ...answered, 'no-answer': 'unreachable' },
  payable: { ...answered, pay: 'starting', cancel: 'cancelling', ask: 'checking', online: 'checking' },
  starting: { parameters: 'paying', refused: 'checking' },
  paying: { 'sheet-done': 'confirming', 'sheet-cancelled': 'checking' },
  confirming: { ...settled, 'says-closing': 'closing', 'gave-up': 'unconfirmed', online: 'confirming' },
  unconfirmed: { ...settled, ...unsettled, ask: 'checking', online: 'confirming' },
  cancelling: { ...answered, refused: 'checking' },
  closing: { ...settled, 'says-payable': 'payable', ask: 'checking' },
  paid: {},
  closed: {},
  unknown: { ask: 'checking' },
  unreachable: { ask: 'checking', online: 'checking' },
} as const satisfies Record<View, Moves>

/** The view after an event; `undefined` when the event means nothing there. */
export function step(view: View, event: PaymentEvent): View | undefined {
  const from: Moves = moves[view]
  return from[event]
}

/** What an order says, as an event. */
export function verdictOf(order: Pick<orders.Order, 'status' | 'confirming'>): Verdict {
  if (order.status === 'pending') return order.confirming ? 'says-confirming' : 'says-payable'
  return `says-${order.status}`
}

/** Where an order opens: a final one needs no question, everything else is checked first. */
export function openingView(order: Pick<orders.Order, 'status'>): View {
  return order.status === 'paid' || order.status === 'closed' ? order.status : 'checking'
}

/** Whether money may have moved that the server knows nothing of; a view that is not named leaves that as it was. */
export const doubts: Readonly<Partial<Record<View, boolean>>> = {
  confirming: true,
  payable: false,
  paid: false,
  closed: false,
}

/** Between two looks at the server's books while the shopper makes up his mind. */
export const WATCH_MS = 4000

/** Views that ask the server again and again, with pauses of 30 s in all; then it is the shopper's turn. */
export const polls = {
  confirming: [0, 1000, 1000, 2000, 3000, 5000, 8000, 10_000],
  closing: [2000, 3000, 5000, 10_000, 10_000],
} as const satisfies Partial<Record<View, readonly number[]>>
