import { type Course, type Lesson, owedLesson } from './lessons-of.ts'

const isOver = ({ status }: Course): boolean => status === 'completed' || status === 'cancelled' || status === 'expired'
const hasEnded = ({ status }: Lesson): boolean => status === 'paid' || status === 'cancelled'
const hasBegun = ({ status }: Course): boolean => status === 'signed' || status === 'cancelling'

/** What has ended does not begin again, what is signed stays so, and money that went back stays there. */
const isBehind = (lesson: Lesson, known: Lesson | undefined): boolean =>
  known !== undefined && ((hasEnded(known) && !hasEnded(lesson)) || lesson.refundedFen < known.refundedFen)

const isOvertaken = (course: Course, known: Course | undefined): boolean =>
  known !== undefined &&
  ((isOver(known) && !isOver(course)) ||
    (hasBegun(known) && !hasBegun(course) && !isOver(course)) ||
    course.lessons.some((lesson, index) => isBehind(lesson, known.lessons[index])))

interface Deps {
  /** Whether an order may be paid without the server knowing it. */
  mayBePaid: (orderId: string) => boolean
}

/**
 * Courses as the server last showed them, for as long as the app lives; and of which of them WeChat may have collected
 * what the server knows nothing of: in no place is such a lesson called unpaid.
 */
export function createCourseMemory({ mayBePaid }: Deps) {
  const byId = new Map<string, Course>()
  /** Courses whose shopper is at a page of WeChat's, or back from it, and nobody has asked since. */
  const visits = new Map<string, 'away' | 'back'>()
  return {
    /** Answers overtake each other: an older one changes nothing. */
    rememberCourses(...shown: readonly Course[]): void {
      for (const course of shown) if (!isOvertaken(course, byId.get(course.id))) byId.set(course.id, course)
    },
    /** The shopper goes to WeChat's page of a lesson, where it can be paid. */
    noteVisit: (id: string): void => void visits.set(id, 'away'),
    noteReturn(id: string): void {
      if (visits.has(id)) visits.set(id, 'back')
    },
    /** WeChat is asked about a course; to be called when it has answered. Only a question after the return counts. */
    asking(id: string): () => void {
      const asked = visits.get(id)
      return () => {
        if (asked === 'back' && visits.get(id) === 'back') visits.delete(id)
      }
    },
    /** As `confirming` while its money is in doubt. */
    courseSeen(id: string): Course | undefined {
      const course = byId.get(id)
      const owed = course && owedLesson(course)
      const isInDoubt = owed && (visits.has(id) || (owed.orderId !== null && mayBePaid(owed.orderId)))
      return course && isInDoubt ? { ...course, confirming: true } : course
    },
  }
}
