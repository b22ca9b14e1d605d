import type { cards } from '@shouyin/contracts/shopper'

/** What happens to the taking of a card on the phone. `says-…` is the server speaking. */
export type TakeEvent =
  | 'parameters'
  | 'take'
  | 'stale'
  | 'opened'
  | 'refused'
  | 'unsupported'
  | 'shown'
  | 'ask'
  | 'no-answer'
  | 'gave-up'
  | 'online'
  | Verdict
export type Verdict =
  | 'says-taken'
  | 'says-untaken'
  | 'says-confirming'
  | 'says-elsewhere'
  | 'says-lapsed'
  | 'says-ended'
  | 'says-stopped'
  | 'says-failed'
  | 'says-unknown'

/**
 * preparing, ready: the token of WeChat's page is fetched, and there, before the tap · opening, away: WeChat's page ·
 * untaken, again: back from it without the card, a new token is fetched, and there · holding: taken earlier ·
 * elsewhere: another WeChat opened the page that was meant for this one, and took the card.
 */
export type View =
  | 'preparing'
  | 'ready'
  | 'opening'
  | 'away'
  | 'confirming'
  | 'unconfirmed'
  | 'untaken'
  | 'again'
  | 'taken'
  | 'holding'
  | 'elsewhere'
  | 'lapsed'
  | 'ended'
  | 'stopped'
  | 'failed'
  | 'unsupported'
  | 'unreachable'
  | 'unknown'

type Moves = Readonly<Partial<Record<TakeEvent, View>>>

/** What asking for a token may answer instead. */
const prepared = { 'says-stopped': 'stopped', 'says-failed': 'failed', 'no-answer': 'unreachable' } as const
const answered = {
  'says-taken': 'taken',
  'says-elsewhere': 'elsewhere',
  'says-lapsed': 'lapsed',
  'says-ended': 'ended',
  'says-failed': 'failed',
  'says-unknown': 'unknown',
} as const
const back = { shown: 'confirming', ask: 'confirming' } as const
const anew = { ask: 'preparing' } as const

/**
 * View → event → view; an event that is not named changes nothing. Only views that have a token know `take`: WeChat
 * leaves for its page in the moment of the tap. What became of it the server says alone; coming back is a reason to ask.
 */
export const moves = {
  preparing: { ...prepared, parameters: 'ready', 'says-taken': 'holding' },
  ready: { take: 'opening', stale: 'preparing' },
  opening: { ...back, opened: 'away', refused: 'untaken', unsupported: 'unsupported' },
  away: back,
  confirming: { ...answered, 'says-untaken': 'untaken', 'gave-up': 'unconfirmed', online: 'confirming' },
  unconfirmed: { ...back, online: 'confirming' },
  untaken: { ...prepared, parameters: 'again', 'says-taken': 'taken' },
  again: { ...answered, take: 'opening', stale: 'untaken', shown: 'confirming' },
  taken: {},
  holding: {},
  elsewhere: anew,
  lapsed: anew,
  ended: {},
  stopped: {},
  failed: anew,
  unsupported: anew,
  unreachable: { ...anew, online: 'preparing', shown: 'preparing' },
  unknown: { ask: 'confirming' },
} as const satisfies Record<View, Moves>

/** The view after an event; `undefined` when the event means nothing there. */
export function step(view: View, event: TakeEvent): View | undefined {
  const from: Moves = moves[view]
  return from[event]
}

const verdicts: Readonly<Record<cards.Card['status'], Verdict>> = {
  prepared: 'says-untaken',
  ongoing: 'says-taken',
  settling: 'says-taken',
  finished: 'says-ended',
  unfinished: 'says-ended',
  owing: 'says-ended',
  paid: 'says-ended',
  lapsed: 'says-lapsed',
  failed: 'says-failed',
  taken_by_other: 'says-elsewhere',
  unknown: 'says-unknown',
}

/** What a card says, as an event. */
export const verdictOf = ({ status, confirming }: Pick<cards.Card, 'status' | 'confirming'>): Verdict =>
  status === 'prepared' && confirming ? 'says-confirming' : verdicts[status]

/** What the server says by not giving a token; whatever else goes wrong is no answer. */
export const refusals: Readonly<Record<string, Verdict>> = {
  CARD_OFFER_WITHDRAWN: 'says-stopped',
  CARD_OFFER_NOT_FOUND: 'says-stopped',
  WECHATPAY_REFUSED: 'says-failed',
}

/** Whether the shopper may hold a card that the server knows nothing of; a view that is not named leaves that as it was. */
export const doubts: Readonly<Partial<Record<View, boolean>>> = {
  opening: true,
  untaken: false,
  taken: false,
  holding: false,
  elsewhere: false,
  lapsed: false,
  ended: false,
  failed: false,
  unsupported: false,
}

/** How long a token lives is written nowhere: the server gets another one after ten minutes, this page asks it sooner. */
export const FRESH_MS = 5 * 60_000

/** Views that ask the server again and again; then it is the shopper's turn. */
export const polls = {
  confirming: [0, 1000, 2000, 3000, 5000],
  again: [2000, 4000, 8000],
} as const satisfies Partial<Record<View, readonly number[]>>
