import type { Context } from 'hono'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import type { World } from '../kernel/world.ts'
import { membershipOf } from './input.ts'
import { Problem } from './problem.ts'

/** The template whose card_template_id the path names. @throws Problem 404 */
export function findTemplate(c: Context<Env>, simulator: Simulator) {
  const { world, mchids } = placesOf(c, simulator)
  const id = c.req.param('cardTemplateId') ?? ''
  const template = first(mchids, (mchid) => world.discountCards.template(mchid, id))
  if (template) return { world, template }
  const message = `no template ${id} in this world: GET /_sim/discount-card/templates lists them, POST makes one`
  throw new Problem(404, 'TEMPLATE_NOT_FOUND', message, 'cardTemplateId')
}

/** What was prepared under the out_card_code of the path, and the card, once somebody took it. @throws Problem 404 */
export function findPreparation(c: Context<Env>, simulator: Simulator) {
  const { world, mchids } = placesOf(c, simulator)
  const code = c.req.param('outCardCode') ?? ''
  const preparation = first(mchids, (mchid) => world.discountCards.preparation(mchid, code))
  if (preparation) return { world, preparation, card: world.discountCards.card(preparation.mchid, code) }
  const message = `no card ${code} in this world: POST /v3/discount-card/cards prepares one; one of another world needs ?mchid=`
  throw new Problem(404, 'CARD_NOT_FOUND', message, 'outCardCode')
}

/** A card that somebody has taken. @throws Problem 404, 409 */
export function findCard(c: Context<Env>, simulator: Simulator) {
  const { world, card } = findPreparation(c, simulator)
  if (card) return { world, card }
  throw new Problem(409, 'CARD_NOT_TAKEN', 'nobody has taken it yet: POST …/take { openid } first')
}

/** The merchant's own before an equal one of another merchant in the same world. */
function placesOf(
  c: Context<Env>,
  simulator: Simulator,
): { readonly world: World; readonly mchids: readonly string[] } {
  const { world, merchant } = membershipOf(c, simulator)
  return { world, mchids: [merchant, ...world.merchants].map(({ mchid }) => mchid) }
}

function first<Found>(mchids: readonly string[], at: (mchid: string) => Found | undefined): Found | undefined {
  for (const mchid of mchids) {
    const found = at(mchid)
    if (found) return found
  }
  return undefined
}
