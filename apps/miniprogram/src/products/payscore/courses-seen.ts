import type { Course } from './lessons-of.ts'

const byId = new Map<string, Course>()

/** Courses as the server last showed them, for as long as the app lives: something to show while it is asked again. */
export function rememberCourses(...shown: readonly Course[]): void {
  for (const course of shown) byId.set(course.id, course)
}

export const courseSeen = (id: string): Course | undefined => byId.get(id)
