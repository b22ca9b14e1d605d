import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import type { Fleet } from './fleet.ts'
import type { Monkey } from './monkey.ts'
import type { Random } from './random.ts'

interface Around {
  readonly simulated: Simulated
  readonly fleet: Fleet
  readonly monkey: Pick<Monkey, 'lie' | 'tellTheTruth'>
  readonly merchantKey: string
}

/** What people were told: nothing of it may turn out untrue. */
export interface Told {
  /** Orders whose creation was answered 201. */
  readonly orders: string[]
  /** … that were shown as paid. */
  readonly paid: string[]
  /** Requests for money back that were answered 201. */
  readonly refunds: { readonly orderId: string; readonly amountFen: number }[]
}

const GOODS = ['trial-pass', 'towel', 'swim-pass', 'racket', 'coach-lesson'] as const
const TRIES = 120
const PAUSE_MS = 150

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
  for (let i = 0; i < orders; i++) await shop(around, random, person, told)
}

type Person = Awaited<ReturnType<typeof logIn>>

async function logIn({ simulated, fleet }: Around, random: Random) {
  const { code, openid, appid } = await simulated.call<Record<string, string>>('POST', '/client/login', {})
  let loginCode = code
  const session = await insist(async () => {
    const answer = await ask(fleet, random, 'POST', '/api/session', { code: loginCode })
    // A code is good once; whether it was used up by a lost answer nobody knows.
    if (answer.status !== 200 && answer.status !== 201) {
      loginCode = (await simulated.call<Record<string, string>>('POST', '/client/login', { openid })).code
    }
    return answer
  }, ok)
  const Authorization = `Bearer ${(session.body as { token: string }).token}`
  return {
    openid,
    appid,
    ask: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask(fleet, random, method, `/api/orders${path}`, body, { Authorization, ...headers }),
  }
}

async function shop(around: Around, random: Random, person: Person, told: Told): Promise<void> {
  const key = randomUUID()
  const items = [{ goodsId: random.pick(GOODS), quantity: random.between(1, 3) }]
  const made = await insist(() => person.ask('POST', '', { items }, { 'Idempotency-Key': key }), ok)
  const { id, amountFen } = made.body as { id: string; amountFen: number }
  told.orders.push(id)
  const tap = await insist(
    () => person.ask('POST', `/${id}/payment`, {}),
    ({ status }) => ok({ status }) || status === 409,
  )
  if (tap.status === 409) return
  const see = () => insist(() => person.ask('GET', `/${id}`), ok)
  const { outTradeNo } = (await see()).body as { outTradeNo: string }
  const sheet = (action: 'pay' | 'cancel') => openSheet(around, person, tap.body, action)
  const cancel = () => person.ask('POST', `/${id}/cancel`, {}).catch(() => undefined)
  const payAnyway = () => around.simulated.pay(outTradeNo).catch(() => undefined)

  switch (random.weighted(habits)) {
    case 'pay':
      await sheet('pay')
      break
    case 'payTwice':
      await Promise.all([sheet('pay'), sheet('pay'), person.ask('POST', `/${id}/payment`, {}).catch(() => undefined)])
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
      await person.ask('POST', `/${id}/check`, {}).catch(() => undefined)
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
  const tap = await person.ask('POST', `/${id}/payment`, {}).catch(() => undefined)
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
  if (random.chance(0.5)) await person.ask('POST', `/${id}/check`, {}).catch(() => undefined)
  const seen = await insist(() => person.ask('GET', `/${id}`), ok)
  if ((seen.body as { status: string }).status !== 'paid') return
  told.paid.push(id)
  if (!random.chance(0.25)) return
  const wanted = random.chance(0.5) ? amountFen : random.between(1, amountFen)
  const headers = { 'Idempotency-Key': randomUUID() }
  const body = { reason: '不想要了', amountFen: wanted }
  const answer = random.chance(0.5)
    ? await insist(() => person.ask('POST', `/${id}/refund-requests`, body, headers), decided)
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

const ok = ({ status }: { readonly status: number }) => status >= 200 && status < 300
const decided = ({ status }: { readonly status: number }) => ok({ status }) || status === 409

function ask(
  fleet: Fleet,
  random: Random,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const url = fleet.pick(random)
  if (url === undefined) return Promise.reject(new Error('no server answers'))
  return exchange(method, url + path, { body, headers })
}

/** Tries again until the server has spoken: it may be dead, or may not know what became of a call. */
async function insist<A extends { readonly status: number }>(
  call: () => Promise<A>,
  accept: (answer: A) => boolean,
): Promise<A> {
  let last: unknown
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const answer = await call()
      if (accept(answer)) return answer
      last = answer
    } catch (error) {
      last = error
    }
    await delay(PAUSE_MS)
  }
  throw new Error(`nobody answered: ${JSON.stringify(last)}`)
}
