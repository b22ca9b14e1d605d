import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { exchange } from '../support/http.ts'
import type { Fleet } from './fleet.ts'
import type { Told } from './life.ts'
import { type Around, ask, decided, insist, ok, type Person } from './person.ts'
import { Random } from './random.ts'

const LESSONS = [
  { name: '第一节课', originalFen: 18000, priceFen: 18000 },
  { name: '第二节课', originalFen: 18000, priceFen: 12000 },
  { name: '第三节课', originalFen: 18000, priceFen: 500 },
  { name: '第四节课', originalFen: 18000, priceFen: 0 },
]

/** What becomes of a lesson, in a hundred. */
const habits = {
  take: 48,
  takeTwiceAtOnce: 8,
  cheaper: 8,
  cancelBefore: 8,
  cancelWhileDeducting: 14,
  payAnotherWay: 14,
}

/** What comes between two lessons, in a hundred. */
const turns = { nothing: 88, shopStops: 3, shopperCancels: 3, cancelsAtWechat: 3, withdrawsService: 3 }

/** Before anything breaks: the plan that everybody takes. */
export async function sellCourse(fleet: Fleet, merchantKey: string): Promise<string> {
  const headers = { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': randomUUID() }
  const body = { name: '羽毛球课4节', durationDays: 300, lessons: LESSONS }
  const url = fleet.pick(new Random(0)) ?? ''
  const { body: plan } = await exchange('POST', `${url}/api/merchant/plans`, { body, headers })
  const { id, state } = plan as { id: string; state: string }
  if (state !== 'on_sale') throw new Error(`no plan on sale: ${JSON.stringify(plan)}`)
  return id
}

interface Lesson {
  readonly id: string
  readonly status: string
  readonly outOrderNo?: string
  readonly priceFen: number
}
interface SignPlan {
  readonly id: string
  readonly status: string
  readonly lessons: readonly Lesson[]
}

/** One person signs the plan and takes its lessons, as far as it goes. */
export async function takeCourse(around: Around, random: Random, person: Person, told: Told): Promise<void> {
  const bought = await insist(() => person.ask('POST', `/api/plans/${around.planId}/sign-plans`, {}), decided)
  if (!ok(bought)) return
  const { signPlan, view } = bought.body as { signPlan: SignPlan; view: object }
  await openView(around, person, view, random.chance(0.9) ? 'sign' : 'back')
  const check = () => insist(() => person.ask('POST', `/api/sign-plans/${signPlan.id}/check`, {}), ok)
  await check()
  for (const { id } of signPlan.lessons) {
    await payWhatIsOwed(around, random, person, (await check()).body as SignPlan)
    const { status, lessons } = (await check()).body as SignPlan
    const isFree = lessons.every(
      (lesson) => !['starting', 'in_service', 'completing', 'deducting'].includes(lesson.status),
    )
    if (status !== 'signed' || !isFree) return
    await giveLesson(around, random, person, told, id)
    await between(around, random, person, signPlan.id, view)
  }
}

/** WeChat Pay could not deduct the lesson before: the shopper pays it, so that the next one may begin. */
async function payWhatIsOwed(around: Around, random: Random, person: Person, { lessons }: SignPlan): Promise<void> {
  const owed = lessons.find(({ status }) => status === 'deducting')
  if (!owed || random.chance(0.5)) return
  await payAnotherWay(around, person, owed.id)
  await delay(random.between(0, 1500))
}

const openView = ({ simulated }: Around, { appid, openid }: Person, view: object, action: string) =>
  simulated.call('POST', '/client/open-business-view', { appid, openid, ...pick(view), action }).catch(() => undefined)

const pick = (view: object) => {
  const { businessType, extraData } = view as { businessType: string; extraData: object }
  return { businessType, extraData }
}

async function giveLesson(around: Around, random: Random, person: Person, told: Told, id: string): Promise<void> {
  const shop = (verb: string, body: object = {}) =>
    ask(around.fleet, random, 'POST', `/api/merchant/lessons/${id}/${verb}`, body, {
      Authorization: `Bearer ${around.merchantKey}`,
    })
  const tell = (answer: { status: number; body: unknown }) => {
    const { status } = answer.body as Lesson
    if (ok(answer) && (status === 'paid' || status === 'cancelled')) told.lessons.push({ id, status })
    return answer
  }
  const start = await insist(() => shop('start'), decided)
  if (!ok(start)) return
  const { priceFen } = start.body as Lesson
  const complete = (body: object = {}) => insist(() => shop('complete', body), decided).then(tell)
  const cancel = () => insist(() => shop('cancel', { reason: '顾客没有来' }), decided).then(tell)

  switch (random.weighted(habits)) {
    case 'take':
      await complete()
      break
    case 'takeTwiceAtOnce':
      await Promise.all([shop('start').catch(() => undefined), complete(), complete()])
      break
    case 'cheaper':
      await complete({ amountFen: random.between(0, priceFen) })
      break
    case 'cancelBefore':
      await cancel()
      break
    case 'cancelWhileDeducting':
      await complete()
      // At once, half of the time: while the first attempt is under way.
      if (random.chance(0.5)) await delay(random.between(0, 800))
      await cancel()
      break
    case 'payAnotherWay':
      await complete()
      await payAnotherWay(around, person, id)
      break
  }
  await delay(random.between(0, 1000))
}

/** The shopper pays it with an ordinary order while WeChat deducts. */
async function payAnotherWay(around: Around, person: Person, id: string): Promise<void> {
  const order = await person.ask('POST', `/api/lessons/${id}/order`, {}).catch(() => undefined)
  if (!order || !ok(order)) return
  const { id: orderId } = order.body as { id: string }
  const tap = await person.ask('POST', `/api/orders/${orderId}/payment`, {}).catch(() => undefined)
  if (!tap || !ok(tap)) return
  const { appid, openid } = person
  const sheet = { ...(tap.body as object), appid, openid, action: 'pay' }
  await around.simulated.call('POST', '/client/request-payment', sheet).catch(() => undefined)
}

async function between(around: Around, random: Random, person: Person, id: string, view: object): Promise<void> {
  const { fleet, merchantKey, simulated } = around
  const headers = { Authorization: `Bearer ${merchantKey}` }
  const silently = (call: Promise<unknown>) => call.catch(() => undefined)
  switch (random.weighted(turns)) {
    case 'shopStops':
      await silently(ask(fleet, random, 'POST', `/api/merchant/sign-plans/${id}/stop`, { reason: '停课' }, headers))
      break
    case 'shopperCancels':
      await silently(person.ask('POST', `/api/sign-plans/${id}/cancel`, {}))
      break
    case 'cancelsAtWechat':
      await openView(around, person, view, 'cancel-plan')
      break
    case 'withdrawsService':
      await silently(simulated.call('POST', '/payscore/revoke-service', { openid: person.openid }))
      break
    case 'nothing':
      break
  }
}
