import { lessons, type orders, plans } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import { type CourseEvent, pollsMs, type View, WATCH_MS } from './course-flow.ts'
import { type Course, owedLesson } from './lessons-of.ts'

export interface CourseDeps {
  client: Client
  pause: (ms: number) => Promise<void>
  /** Leads the shopper to the order's payment. */
  openOrder: (order: orders.Order) => Promise<void>
  /** WeChat is asked how the course stands; to be called when it has said so. */
  asking: () => () => void
  /** Tells the shopper why an action did not work out. */
  explain: (error: unknown) => void
}

/** One stay in a view. Once it is over, nothing that its work still says has an effect. */
export interface Stay {
  id: string
  course: Course
  isOver: () => boolean
  send: (event: CourseEvent) => void
  /** Shows the course and goes where it leads. */
  tell: (course: Course) => void
  /** The server could not be asked. */
  lose: (error: unknown) => void
}
type Work = (stay: Stay, deps: CourseDeps) => Promise<void>

const ask: Work = async (stay, { client, asking }) => {
  try {
    const heard = asking()
    const course = await client.call(plans.checkSignPlan, { id: stay.id })
    if (!course.confirming) heard()
    stay.tell(course)
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
  await client.call(plans.getSignPlan, { id: stay.id }).then(stay.tell, () => {})
}

/** Whatever went wrong, the next question is how the course stands. */
function refuse(stay: Stay, deps: CourseDeps, error: unknown): void {
  if (stay.isOver()) return
  deps.explain(error)
  stay.send('refused')
}

const cancel: Work = async (stay, deps) => {
  try {
    stay.tell(await deps.client.call(plans.cancelSignPlan, { id: stay.id }))
  } catch (error) {
    refuse(stay, deps, error)
  }
}

const order: Work = async (stay, deps) => {
  const lesson = owedLesson(stay.course)
  if (!lesson) return stay.send('refused')
  try {
    const made = await deps.client.call(lessons.payLesson, { id: lesson.id })
    // Whoever left meanwhile is not fetched into a payment.
    if (stay.isOver()) return
    await deps.openOrder(made)
    stay.send('ordered')
  } catch (error) {
    refuse(stay, deps, error)
  }
}

/** What a view does when it is entered; the others wait. */
export const viewWork: Readonly<Partial<Record<View, Work>>> = {
  checking: ask,
  moving: poll,
  waiting: watch,
  quiet: watch,
  cancelling: cancel,
  ordering: order,
}
