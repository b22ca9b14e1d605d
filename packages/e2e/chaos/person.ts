import { setTimeout as delay } from 'node:timers/promises'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import type { Fleet } from './fleet.ts'
import type { Monkey } from './monkey.ts'
import type { Random } from './random.ts'

export interface Around {
  readonly simulated: Simulated
  readonly fleet: Fleet
  readonly monkey: Pick<Monkey, 'lie' | 'tellTheTruth'>
  readonly merchantKey: string
  /** A plan on sale. */
  readonly planId: string
  /** A card on offer. */
  readonly offerId: string
}

const TRIES = 120
const PAUSE_MS = 150

/** Somebody with a phone, who tries again as the mini-program would. */
export type Person = Awaited<ReturnType<typeof logIn>>

export async function logIn({ simulated, fleet }: Around, random: Random) {
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
      ask(fleet, random, method, path, body, { Authorization, ...headers }),
  }
}

export const ok = ({ status }: { readonly status: number }) => status >= 200 && status < 300
export const decided = ({ status }: { readonly status: number }) => ok({ status }) || status === 409

export function ask(
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
export async function insist<A extends { readonly status: number }>(
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
