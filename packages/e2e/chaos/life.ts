import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { quitCards, takeCard } from './card.ts'
import { takeCourse } from './course.ts'
import { type Around, ask, decided, insist, logIn, ok, type Person } from './person.ts'
import type { Random } from './random.ts'

/** What people were told: nothing of it may turn out untrue. */
export interface Told {
  /** Orders whose creation was answered 201. */
  readonly orders: string[]
  /** … that were shown as paid. */
  readonly paid: string[]
  /** Lessons that the shop was told are paid or cancelled. */
  readonly lessons: { readonly id: string; readonly status: string }[]
  /** Requests for money back that were answered 201. */
  readonly refunds: { readonly orderId: string; readonly amountFen: number }[]
}

const GOODS = ['trial-pass', 'towel', 'swim-pass', 'racket', 'coach-lesson'] as const

/** So many people take a course besides. */
const COURSES = 0.5
/** So many take a card before they shop, and so many of those leave it early. */
const CARDS = 0.6
const QUITS = 0.15

/** What a person does with an order, in a hundred orders. */
const habits = {
  pay: 62,
  payTwice: 8,
  cancelOnSheet: 6,
  cancelOrder: 6,
  cancelWhilePaying: 6,
  payLate: 6,
  giveUp: 4,
  payWhatWasCalledClosed: 2,
}

/** One person, who shops a few times. Whatever goes wrong, he tries again as the mini-program would. */
export async function live(around: Around, random: Random, orders: number, told: Told): Promise<void> {
  const person = await logIn(around, random)
  const hasCard = random.chance(CARDS)
  if (hasCard) await takeCard(around, random, person)
  for (let i = 0; i < orders; i++) await shop(around, random, person, told)
  if (hasCard && random.chance(QUITS)) await quitCards(around, person)
  if (random.chance(COURSES)) await takeCourse(around, random, person, told)
}

async function shop(around: Around, random: Random, person: Person, told: Told): Promise<void> {
  const key = randomUUID()
  const items = [{ goodsId: random.pick(GOODS), quantity: random.between(1, 3) }]
  const made = await insist(() => person.ask('POST', '/api/orders', { items }, { 'Idempotency-Key': key }), ok)
  const { id, amountFen } = made.body as { id: string; amountFen: number }
  told.orders.push(id)
  const tap = await insist(
    () => person.ask('POST', `/api/orders/${id}/payment`, {}),
    ({ status }) => ok({ status }) || status === 409,
  )
  if (tap.status === 409) return
  const see = () => insist(() => person.ask('GET', `/api/orders/${id}`), ok)
  const { outTradeNo } = (await see()).body as { outTradeNo: string }
  const sheet = (action: 'pay' | 'cancel') => openSheet(around, person, tap.body, action)
  const cancel = () => person.ask('POST', `/api/orders/${id}/cancel`, {}).catch(() => undefined)
  const payAnyway = () => around.simulated.pay(outTradeNo).catch(() => undefined)

  switch (random.weighted(habits)) {
    case 'pay':
      await sheet('pay')
      break
    case 'payTwice':
      await Promise.all([
        sheet('pay'),
        sheet('pay'),
        person.ask('POST', `/api/orders/${id}/payment`, {}).catch(() => undefined),
      ])
      break
    case 'cancelOnSheet':
      await sheet('cancel')
      await cancel()
      break
    case 'cancelOrder':
      await cancel()
      break
    case 'cancelWhilePaying':
      await Promise.all([cancel(), sheet('pay')])
      break
    case 'payLate':
      await cancel()
      await delay(random.between(0, 500))
      await payAnyway()
      break
    case 'payWhatWasCalledClosed':
      await around.monkey.lie(outTradeNo)
      await person.ask('POST', `/api/orders/${id}/check`, {}).catch(() => undefined)
      await around.monkey.tellTheTruth(outTradeNo)
      // Paid after the order was closed, or paid twice: by the new number and by the old one.
      if (random.chance(0.5)) await cancel()
      else await tapAndPay(around, person, id)
      await payAnyway()
      break
    case 'giveUp':
      return
  }
  await afterwards(around, random, person, told, { id, amountFen })
}

const openSheet = ({ simulated }: Around, { appid, openid }: Person, parameters: unknown, action: 'pay' | 'cancel') =>
  simulated
    .call('POST', '/client/request-payment', { ...(parameters as object), appid, openid, action })
    .catch(() => undefined)

async function tapAndPay(around: Around, person: Person, id: string): Promise<void> {
  const tap = await person.ask('POST', `/api/orders/${id}/payment`, {}).catch(() => undefined)
  if (tap && ok(tap)) await openSheet(around, person, tap.body, 'pay')
}

/** Looks once or twice, and sometimes wants money back: from the mini-program, or from the shop. */
async function afterwards(
  { fleet, merchantKey }: Around,
  random: Random,
  person: Person,
  told: Told,
  { id, amountFen }: { readonly id: string; readonly amountFen: number },
): Promise<void> {
  if (random.chance(0.5)) await person.ask('POST', `/api/orders/${id}/check`, {}).catch(() => undefined)
  const seen = await insist(() => person.ask('GET', `/api/orders/${id}`), ok)
  if ((seen.body as { status: string }).status !== 'paid') return
  told.paid.push(id)
  if (!random.chance(0.25)) return
  const wanted = random.chance(0.5) ? amountFen : random.between(1, amountFen)
  const headers = { 'Idempotency-Key': randomUUID() }
  const body = { reason: '不想要了', amountFen: wanted }
  const answer = random.chance(0.5)
    ? await insist(() => person.ask('POST', `/api/orders/${id}/refund-requests`, body, headers), decided)
    : await insist(
        () =>
          ask(fleet, random, 'POST', `/api/merchant/orders/${id}/refunds`, body, {
            Authorization: `Bearer ${merchantKey}`,
            ...headers,
          }),
        decided,
      )
  if (ok(answer)) told.refunds.push({ orderId: id, amountFen: wanted })
}
