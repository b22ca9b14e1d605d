import { ById } from '../page.ts'
import { defineRoute } from '../route.ts'
import { Order } from './orders.ts'
import { BusinessView } from './plans.ts'

const notFound = { LESSON_NOT_FOUND: 404 } as const

export const payLesson = defineRoute({
  method: 'POST',
  path: '/api/lessons/:id/order',
  summary: 'An ordinary order for a lesson whose deduction does not succeed; the open one, if there is one',
  input: ById,
  output: Order,
  errors: { ...notFound, LESSON_NOT_OWED: 409 },
})

export const viewLesson = defineRoute({
  method: 'POST',
  path: '/api/lessons/:id/view',
  summary: "Parameters for WeChat's own page of the lesson's service order",
  input: ById,
  output: BusinessView,
  errors: { ...notFound, LESSON_NOT_TAKEN: 409, LESSON_PAGE_NOT_SET_UP: 409 },
})
