import type { plans } from '@shouyin/contracts/shopper'

/** A lesson as the server shows it. */
export const lessonWith = (members: Partial<plans.Lesson> = {}): plans.Lesson => ({
  id: `lesson-${members.number ?? 1}`,
  number: 1,
  name: '第一节课',
  originalFen: 18_000,
  priceFen: 18_000,
  discount: null,
  status: 'unused',
  amountFen: null,
  refundedFen: 0,
  extraFen: 0,
  extraRefundedFen: 0,
  startedAt: null,
  completedAt: null,
  paidAt: null,
  paidBy: null,
  orderId: null,
  ...members,
})

const usual = [
  lessonWith(),
  lessonWith({ number: 2, name: '第二节课', priceFen: 12_000, discount: '优惠60元' }),
  lessonWith({ number: 3, name: '第三节课', priceFen: 0, discount: '送一节课' }),
]

/** 羽毛球课3节 of a shopper, as the server shows it. `lessons`: what became of each, in their order. */
export function courseWith(
  members: Partial<plans.SignPlan> = {},
  ...lessons: readonly Partial<plans.Lesson>[]
): plans.SignPlan {
  return {
    id: 'course-1',
    planId: 'plan-1',
    name: '羽毛球课3节',
    status: 'signed',
    confirming: false,
    cancelledBy: null,
    totalFen: 30_000,
    paidFen: 0,
    lessons: usual.map((lesson, index) => ({ ...lesson, ...lessons[index] })),
    createdAt: '2026-11-21T09:00:00+08:00',
    signedAt: '2026-11-21T09:01:00+08:00',
    overAt: '2027-09-18T00:00:00+08:00',
    ...members,
  }
}
