import type { HeldCard } from './card-of.ts'

/** What happens to a card on the phone. `says-…` is the server speaking about it. */
export type CardEvent = 'show' | 'hide' | 'ask' | 'online' | 'no-answer' | 'gave-up' | Verdict
export type Verdict = 'says-moving' | 'says-quiet' | 'says-over'

/**
 * moving: WeChat has something to do, and is asked about it · waiting: it takes its time · quiet: the next step is the
 * shopper's, or the day's · over: there is none · hidden: nobody looks.
 */
export type View = 'checking' | 'moving' | 'waiting' | 'quiet' | 'over' | 'unreachable' | 'hidden'

type Moves = Readonly<Partial<Record<CardEvent, View>>>

const answered = { 'says-moving': 'moving', 'says-quiet': 'quiet', 'says-over': 'over' } as const
const seen = { hide: 'hidden' } as const
const idle = { ...seen, ask: 'checking', online: 'checking' } as const

/**
 * View → event → view; an event that is not named changes nothing. Whoever comes back to the page asks WeChat, and who
 * asks while it is being asked does not get an answer of before.
 */
export const moves = {
  checking: { ...seen, ...answered, 'no-answer': 'unreachable', ask: 'checking' },
  moving: { ...idle, 'says-quiet': 'quiet', 'says-over': 'over', 'gave-up': 'waiting', online: 'moving' },
  waiting: { ...idle, ...answered, 'says-moving': 'waiting' },
  quiet: { ...idle, ...answered },
  over: { ...seen, ask: 'checking' },
  unreachable: idle,
  hidden: { show: 'checking' },
} as const satisfies Record<View, Moves>

/** The view after an event; `undefined` when the event means nothing there. */
export function step(view: View, event: CardEvent): View | undefined {
  const from: Moves = moves[view]
  return from[event]
}

const over: readonly HeldCard['status'][] = ['finished', 'unfinished', 'paid', 'lapsed', 'failed', 'taken_by_other']

/** What a card says, as an event. One that was not kept is over when nothing is due. */
export function verdictOf({ status, confirming, dueFen }: Pick<HeldCard, 'status' | 'confirming' | 'dueFen'>): Verdict {
  if (confirming || status === 'owing' || (status === 'unfinished' && dueFen > 0)) return 'says-moving'
  return over.includes(status) ? 'says-over' : 'says-quiet'
}

/** Between two looks at the server's books while nothing hurries: an order may be paid, a use entered, a record told. */
export const WATCH_MS = 9000

/** Pauses between the questions to WeChat, 29 s in all; then the server's books are looked at. */
export const pollsMs = [1000, 2000, 3000, 5000, 8000, 10_000] as const
