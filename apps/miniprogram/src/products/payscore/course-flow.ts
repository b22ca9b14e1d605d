import { type Course, openLesson } from './lessons-of.ts'

/** What happens to a course on the phone. `says-…` is the server speaking about it. */
export type CourseEvent =
  | 'show'
  | 'hide'
  | 'ask'
  | 'online'
  | 'cancel'
  | 'pay'
  | 'ordered'
  | 'refused'
  | 'no-answer'
  | 'gave-up'
  | Verdict
export type Verdict = 'says-moving' | 'says-quiet' | 'says-over'

/**
 * moving: WeChat has something to do, and is asked about it · waiting: it takes its time · quiet: the next step is
 * somebody's · over: there is none · hidden: nobody looks.
 */
export type View =
  | 'checking'
  | 'moving'
  | 'waiting'
  | 'quiet'
  | 'over'
  | 'cancelling'
  | 'ordering'
  | 'unreachable'
  | 'hidden'

type Moves = Readonly<Partial<Record<CourseEvent, View>>>

const answered = { 'says-moving': 'moving', 'says-quiet': 'quiet', 'says-over': 'over' } as const
const seen = { hide: 'hidden' } as const
/** Cancelling needs no fresh answer, the server refuses what is no longer so; who pays has to know that it is owed. */
const open = { ...seen, cancel: 'cancelling' } as const
const idle = { ...open, ask: 'checking', online: 'checking' } as const
const known = { ...idle, pay: 'ordering' } as const

/** View → event → view; an event that is not named changes nothing. Whoever comes back to the page asks WeChat. */
export const moves = {
  checking: { ...open, ...answered, 'no-answer': 'unreachable' },
  moving: { ...known, 'says-quiet': 'quiet', 'says-over': 'over', 'gave-up': 'waiting', online: 'moving' },
  waiting: { ...known, ...answered, 'says-moving': 'waiting' },
  quiet: { ...known, ...answered },
  over: { ...seen, ask: 'checking' },
  cancelling: { ...seen, ...answered, refused: 'checking' },
  ordering: { ...seen, ordered: 'checking', refused: 'checking' },
  unreachable: idle,
  hidden: { show: 'checking' },
} as const satisfies Record<View, Moves>

/** The view after an event; `undefined` when the event means nothing there. */
export function step(view: View, event: CourseEvent): View | undefined {
  const from: Moves = moves[view]
  return from[event]
}

const over: readonly Course['status'][] = ['completed', 'cancelled', 'expired', 'lapsed', 'failed']

/** Views in which nobody knows how the money of a lesson stands: the last answer is of before. */
export const unsure: readonly View[] = ['checking', 'unreachable', 'hidden']

/** What a course says, as an event. A lesson that is being given waits for the shop, not for WeChat. */
export function verdictOf(course: Pick<Course, 'status' | 'confirming' | 'lessons'>): Verdict {
  const lesson = openLesson(course)
  if (course.confirming || course.status === 'cancelling') return 'says-moving'
  if (lesson) return lesson.status === 'in_service' ? 'says-quiet' : 'says-moving'
  return over.includes(course.status) ? 'says-over' : 'says-quiet'
}

/** Between two looks at the server's books while nothing hurries: the shop may have begun or ended a lesson. */
export const WATCH_MS = 9000

/** Pauses between the questions to WeChat, 29 s in all; then the server's books are looked at. */
export const pollsMs = [1000, 2000, 3000, 5000, 8000, 10_000] as const
