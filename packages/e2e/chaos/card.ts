import { randomUUID } from 'node:crypto'
import { CARD, makeTemplate } from '../support/cards.ts'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import type { Fleet } from './fleet.ts'
import { type Around, decided, insist, logIn, ok, type Person } from './person.ts'
import { Random } from './random.ts'

/** Of business time, which runs fast here: some keep the promise in time, others do not. */
const LIFE_SECONDS = 900
const SETTLING_SECONDS = 600

/** What becomes of a card that was prepared, in a hundred. */
const ways = { take: 84, back: 6, takeTwiceAtOnce: 4, friendTakes: 6 }

/** Before anything breaks: the card that people take. @returns the id of the offer */
export async function offerCard(simulated: Simulated, fleet: Fleet, merchantKey: string): Promise<string> {
  await simulated.setSwitches({ cardSettlingSeconds: SETTLING_SECONDS })
  const cardTemplateId = await makeTemplate(simulated, CARD, { durationDays: undefined, durationSeconds: LIFE_SECONDS })
  const headers = { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': randomUUID() }
  const url = fleet.pick(new Random(0)) ?? ''
  const { status, body } = await exchange('POST', `${url}/api/merchant/card-templates`, {
    body: { cardTemplateId, ...CARD },
    headers,
  })
  if (status !== 201) throw new Error(`no card on offer: ${JSON.stringify(body)}`)
  return (body as { id: string }).id
}

interface Prepared {
  readonly card: { readonly id: string }
  readonly page: object
}

/** One person takes a card, or lets it be; what is bought afterwards counts. */
export async function takeCard(around: Around, random: Random, person: Person): Promise<void> {
  const prepared = await insist(() => person.ask('POST', `/api/card-offers/${around.offerId}/cards`, {}), decided)
  if (!ok(prepared)) return
  const { card, page } = prepared.body as Prepared
  const open = (who: Person, action: string) => navigate(around, who, page, action)
  switch (random.weighted(ways)) {
    case 'take':
      await open(person, 'take')
      break
    case 'back':
      await open(person, 'back')
      break
    case 'takeTwiceAtOnce':
      await Promise.all([open(person, 'take'), open(person, 'take')])
      break
    case 'friendTakes':
      await open(await logIn(around, random), 'take')
      break
  }
  // Who dies on WeChat's page leaves it to the notice.
  if (random.chance(0.7)) await insist(() => person.ask('POST', `/api/cards/${card.id}/check`, {}), ok)
}

/** Some leave before the end, and pay back what they enjoyed. */
export async function quitCards(around: Around, person: Person): Promise<void> {
  const { body } = await insist(() => person.ask('GET', '/api/cards'), ok)
  const { cards } = body as { cards: { status: string; page: object | null }[] }
  for (const { status, page } of cards) if (status === 'ongoing' && page) await navigate(around, person, page, 'quit')
}

const navigate = ({ simulated }: Around, { appid, openid }: Person, page: object, action: string) =>
  simulated
    .call('POST', '/client/navigate-to-mini-program', { appid, openid, ...page, extraData: {}, action })
    .catch(() => undefined)
