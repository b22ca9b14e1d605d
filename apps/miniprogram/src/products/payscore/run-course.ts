import { createWalk } from '../../shared/walk.ts'
import { type CourseEvent, step, type View, verdictOf } from './course-flow.ts'
import { type CourseDeps, viewWork } from './course-work.ts'
import type { Course } from './lessons-of.ts'

export interface CourseState {
  view: View
  course: Course
  /** Why the server could not be asked the last time. */
  error: unknown
}

/** Walks the table of `course-flow.ts` for one course. */
export function runCourse(opening: Course, deps: CourseDeps, changed: (state: CourseState) => void) {
  const walk = createWalk<View, CourseEvent, CourseState>(
    { view: 'checking', course: opening, error: undefined },
    {
      step,
      changed,
      work: (view, { note, ...stay }) =>
        viewWork[view]?.(
          {
            ...stay,
            id: opening.id,
            course: walk.state().course,
            tell: (course) => note({ course, error: undefined }, verdictOf(course)),
            lose: (error) => note({ error }, 'no-answer'),
          },
          deps,
        ),
    },
  )
  return walk
}
