import { expect } from 'vitest'
import type { House } from './house.ts'
import { openMerchant } from './merchant.ts'
import { eventually } from './wait.ts'

/** 羽毛球课3节: the plan of the document, whose last lesson is given. */
export const COURSE = {
  name: '羽毛球课3节',
  durationDays: 300,
  lessons: [
    { name: '第一节课', originalFen: 18000, priceFen: 18000 },
    { name: '第二节课', originalFen: 18000, priceFen: 12000, discount: '优惠60元' },
    { name: '第三节课', originalFen: 18000, priceFen: 0, discount: '送一节课' },
  ],
}

export interface Lesson {
  readonly id: string
  readonly number: number
  readonly status: string
  readonly amountFen: number | null
  readonly refundedFen: number
  readonly paidBy: string | null
  readonly orderId: string | null
  readonly outOrderNo: string
  readonly transactionId: string | null
}

export interface SignPlan {
  readonly id: string
  readonly status: string
  readonly cancelledBy: string | null
  readonly openid: string
  readonly merchantSignPlanNo: string
  readonly lessons: readonly Lesson[]
}

/** The people of the shop, who give courses. */
export type Teacher = Awaited<ReturnType<typeof openTeacher>>

export async function openTeacher(house: House) {
  const merchant = await openMerchant(house.databaseUrl, () => house.servers.at(-1)?.url ?? '')
  const lesson = async (verb: string, id: string, body: object = {}) => {
    const answer = await merchant.ask('POST', `/lessons/${id}/${verb}`, body)
    return { status: answer.status, lesson: answer.body as Lesson, code: codeOf(answer.body) }
  }
  const sell = async (course: object = COURSE) => {
    const { body } = await merchant.ask('POST', '/plans', course)
    const plan = body as { id: string; state: string; merchantPlanNo: string }
    expect(plan).toMatchObject({ state: 'on_sale' })
    return plan
  }
  const signersOf = async (planId: string) =>
    ((await merchant.ask('GET', `/plans/${planId}/sign-plans`)).body as { signPlans: SignPlan[] }).signPlans
  const see = async (id: string) => (await merchant.ask('GET', `/lessons/${id}`)).body as Lesson
  return {
    merchant,
    /** Puts a plan on sale. */
    sell,
    signersOf,
    /** The course of one shopper. */
    courseOf: async (planId: string, openid: string | undefined) => {
      const found = (await signersOf(planId)).find((signPlan) => signPlan.openid === openid)
      return found ?? expect.unreachable(`nobody with openid ${openid} signed plan ${planId}`)
    },
    see,
    start: (id: string) => lesson('start', id),
    complete: (id: string, amountFen?: number) => lesson('complete', id, amountFen === undefined ? {} : { amountFen }),
    cancel: (id: string, reason = '顾客没有来') => lesson('cancel', id, { reason }),
    /** Until the lesson is there. */
    reaches: (id: string, status: string) =>
      eventually(
        () => see(id),
        (lesson) => lesson.status === status,
        { what: `lesson ${status}` },
      ),
  }
}

const codeOf = (body: unknown): string | undefined => (body as { error?: { code: string } }).error?.code
