import { mayBePaid } from '../../shop/orders-seen.ts'
import { createCourseMemory } from './course-memory.ts'

export const { rememberCourses, noteDoubt, courseSeen } = createCourseMemory({ mayBePaid })
