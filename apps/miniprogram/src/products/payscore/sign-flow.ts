import type { plans } from '@shouyin/contracts/shopper'

/** What happens to a signing on the phone. `says-…` is the server speaking. */
export type SignEvent =
  | 'parameters'
  | 'sign'
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
  | 'says-signed'
  | 'says-unsigned'
  | 'says-confirming'
  | 'says-lapsed'
  | 'says-ended'
  | 'says-stopped'
  | 'says-failed'
  | 'says-unknown'

/**
 * preparing, ready: parameters for WeChat's page are fetched, and there, before the tap · opening, away: WeChat's page ·
 * unsigned, again: back from it with nothing signed, new parameters are fetched, and there · enrolled: signed earlier.
 */
export type View =
  | 'preparing'
  | 'ready'
  | 'opening'
  | 'away'
  | 'confirming'
  | 'unconfirmed'
  | 'unsigned'
  | 'again'
  | 'signed'
  | 'enrolled'
  | 'lapsed'
  | 'ended'
  | 'stopped'
  | 'failed'
  | 'unsupported'
  | 'unreachable'
  | 'unknown'

type Moves = Readonly<Partial<Record<SignEvent, View>>>

/** What asking for parameters may answer instead. */
const prepared = { 'says-stopped': 'stopped', 'says-failed': 'failed', 'no-answer': 'unreachable' } as const
const answered = {
  'says-signed': 'signed',
  'says-lapsed': 'lapsed',
  'says-ended': 'ended',
  'says-failed': 'failed',
  'says-unknown': 'unknown',
} as const
const back = { shown: 'confirming', ask: 'confirming' } as const
const anew = { ask: 'preparing' } as const

/**
 * View → event → view; an event that is not named changes nothing. Only views that have parameters know `sign`: WeChat
 * opens its page in the moment of the tap. What became of it the server says alone; coming back is a reason to ask.
 */
export const moves = {
  preparing: { ...prepared, parameters: 'ready', 'says-signed': 'enrolled' },
  ready: { sign: 'opening', stale: 'preparing' },
  opening: { ...back, opened: 'away', refused: 'unsigned', unsupported: 'unsupported' },
  away: back,
  confirming: { ...answered, 'says-unsigned': 'unsigned', 'gave-up': 'unconfirmed', online: 'confirming' },
  unconfirmed: { ...back, online: 'confirming' },
  unsigned: { ...prepared, parameters: 'again', 'says-signed': 'signed' },
  again: { ...answered, sign: 'opening', stale: 'unsigned', shown: 'confirming' },
  signed: {},
  enrolled: {},
  lapsed: anew,
  ended: anew,
  stopped: {},
  failed: anew,
  unsupported: anew,
  unreachable: { ...anew, online: 'preparing', shown: 'preparing' },
  unknown: { ask: 'confirming' },
} as const satisfies Record<View, Moves>

/** The view after an event; `undefined` when the event means nothing there. */
export function step(view: View, event: SignEvent): View | undefined {
  const from: Moves = moves[view]
  return from[event]
}

const verdicts: Readonly<Record<plans.SignPlan['status'], Verdict>> = {
  unsigned: 'says-unsigned',
  signed: 'says-signed',
  cancelling: 'says-signed',
  completed: 'says-ended',
  cancelled: 'says-ended',
  expired: 'says-ended',
  lapsed: 'says-lapsed',
  failed: 'says-failed',
  unknown: 'says-unknown',
}

/** What a plan of the shopper says, as an event. */
export const verdictOf = ({ status, confirming }: Pick<plans.SignPlan, 'status' | 'confirming'>): Verdict =>
  status === 'unsigned' && confirming ? 'says-confirming' : verdicts[status]

/** What the server says by not giving parameters; whatever else goes wrong is no answer. */
export const refusals: Readonly<Record<string, Verdict>> = {
  PLAN_STOPPED: 'says-stopped',
  PLAN_NOT_FOUND: 'says-stopped',
  WECHATPAY_REFUSED: 'says-failed',
}

/** Whether the shopper may have signed what the server knows nothing of; a view that is not named leaves that as it was. */
export const doubts: Readonly<Partial<Record<View, boolean>>> = {
  opening: true,
  unsigned: false,
  signed: false,
  enrolled: false,
  lapsed: false,
  ended: false,
  failed: false,
  unsupported: false,
}

/** The server hands out parameters that WeChat takes for ten more minutes at least; some of them are for reading its page. */
export const FRESH_MS = 5 * 60_000

/** Views that ask the server again and again; then it is the shopper's turn. */
export const polls = {
  confirming: [0, 1000, 2000, 3000, 5000],
  again: [2000, 4000, 8000],
} as const satisfies Partial<Record<View, readonly number[]>>
