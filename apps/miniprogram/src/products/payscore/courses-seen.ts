import { mayBePaid } from '../../shop/orders-seen.ts'
import { createCourseMemory } from './course-memory.ts'

export const { rememberCourses, noteVisit, noteReturn, asking, courseSeen } = createCourseMemory({ mayBePaid })
