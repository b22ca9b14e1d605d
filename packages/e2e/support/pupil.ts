import { COURSE, type Lesson, type SignPlan, type Teacher } from './course.ts'
import type { Shop } from './journey.ts'
import type { Phone } from './miniprogram.ts'
import { hurry } from './steps.ts'
import { eventually } from './wait.ts'

export const PLAN_PAGE = 'products/payscore/pages/plan/index'
export const COURSE_PAGE = 'products/payscore/pages/course/index'
export const MY_COURSES = 'products/payscore/pages/mine/index'

/** Somebody who takes a course, each in a plan of its own. */
export interface Pupil {
  readonly phone: Phone
  readonly planId: string
  readonly courseId: string
}
export interface Owing extends Pupil {
  readonly lesson: Lesson
}

/** Shoppers who have come some way already; their phones look for news without much waiting. */
export function openPupils(shop: Shop, teacher: () => Teacher) {
  const courseOf = async (phone: Phone, planId: string): Promise<SignPlan> =>
    teacher().courseOf(planId, await phone.launched.openid())

  /** The course that was just signed is shown. */
  async function signed(): Promise<Pupil> {
    const { id: planId } = await teacher().sell(COURSE)
    const phone = await shop.open({ path: PLAN_PAGE, query: { id: planId } })
    await hurry(phone)
    await phone.tap('#sign')
    await phone.tap('#visit-sign')
    await phone.arrives(COURSE_PAGE)
    await phone.sees('#course-status', '已签约')
    const { id: courseId } = await courseOf(phone, planId)
    return { phone, planId, courseId }
  }

  /** The first lesson is given, WeChat cannot collect it yet, and the phone shows that. */
  async function owing(): Promise<Owing> {
    const pupil = await signed()
    const { phone, planId, courseId } = pupil
    const [lesson] = (await courseOf(phone, planId)).lessons
    if (!lesson) throw new Error('a course without lessons')
    await shop.house.simulated.setSwitches({ payScoreDeduction: 'fails' })
    for (const act of [teacher().start, (id: string) => teacher().complete(id)])
      await eventually(
        () => act(lesson.id),
        ({ status }) => status === 200,
        { what: 'the lesson that was given' },
      )
    await shop.house.simulated.advance(10)
    await teacher().reaches(lesson.id, 'deducting')
    await phone.go('reLaunch', `${COURSE_PAGE}?id=${courseId}`)
    await phone.sees('#lesson-1-status', '待支付')
    await shop.house.simulated.setSwitches({ payScoreDeduction: 'succeeds' })
    return { ...pupil, lesson }
  }

  return { courseOf, signed, owing }
}
