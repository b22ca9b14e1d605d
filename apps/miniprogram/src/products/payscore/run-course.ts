import { type CourseEvent, step, type View, verdictOf } from './course-flow.ts'
import { type CourseDeps, type Stay, viewWork } from './course-work.ts'
import type { Course } from './lessons-of.ts'

export interface CourseState {
  view: View
  course: Course
  /** Why the server could not be asked the last time. */
  error: unknown
}

/** Walks the table of `course-flow.ts` for one course: every view that is entered does its work. */
export function runCourse(opening: Course, deps: CourseDeps, changed: (state: CourseState) => void) {
  let state: CourseState = { view: 'checking', course: opening, error: undefined }
  let stays = 0

  function update(members: Partial<CourseState>): void {
    state = { ...state, ...members }
    changed(state)
  }
  function send(event: CourseEvent): void {
    const view = step(state.view, event)
    if (view) enter(view)
  }
  function enter(view: View): void {
    stays += 1
    update({ view })
    viewWork[view]?.(stayNumber(stays), deps)
  }
  function stayNumber(mine: number): Stay {
    const isOver = () => mine !== stays
    return {
      id: opening.id,
      course: state.course,
      isOver,
      send: (event) => {
        if (!isOver()) send(event)
      },
      tell: (course) => {
        if (isOver()) return
        update({ course, error: undefined })
        send(verdictOf(course))
      },
      lose: (error) => {
        if (isOver()) return
        update({ error })
        send('no-answer')
      },
    }
  }

  return {
    start: () => enter(state.view),
    send: (event: 'show' | 'hide' | 'ask' | 'online' | 'cancel' | 'pay') => send(event),
    /** The page is gone: whatever still runs says nothing any more. */
    stop: () => {
      stays += 1
    },
    state: () => state,
  }
}
