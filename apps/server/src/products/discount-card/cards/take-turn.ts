import { randomUUIDv7 } from 'node:crypto'
import type { ShopperCtx } from '../../../kernel/context.ts'
import type { Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { takeTurn as takeSendingTurn } from '../../../kernel/turn.ts'
import type { Turn } from '../../../kernel/until-ready.ts'
import { freshUntil, nextQueryAt } from '../schedule.ts'
import { openCardStates } from '../states.ts'
import type { Card, CardTemplate } from '../table.ts'
import { findTemplate } from '../templates/get.ts'
import type { Asking } from './ask-token.ts'
import { prepareBody } from './request.ts'

interface Ready {
  readonly card: Card
  readonly token: string
}

export interface Wanted {
  readonly templateId: string
  /** Also a token of some age: WeChat Pay gives no other. */
  readonly takesOld: boolean
}

/**
 * Decides under the lock of what was prepared for this shopper, so that of many taps one asks WeChat Pay and all get its
 * answer. What nobody took is used again, with its number and the very request that was first sent.
 * @throws AppError CARD_OFFER_NOT_FOUND, CARD_OFFER_WITHDRAWN, CARD_ALREADY_TAKEN
 */
export async function takeTurn(
  tx: Tx,
  ctx: ShopperCtx,
  { templateId, takesOld }: Wanted,
): Promise<Turn<Ready, Asking>> {
  const now = ctx.clock.now()
  const template = await findTemplate(tx, templateId)
  if (await hasLiveCard(tx, ctx, template)) throw new AppError('CARD_ALREADY_TAKEN', '您已领取该先享卡')
  if (template.state !== 'on_offer') throw new AppError('CARD_OFFER_WITHDRAWN', '该先享卡已停止领取')
  const offered = await lockOffered(tx, template.id, ctx.actor.userId)
  if (!offered) return insert(tx, ctx, template)
  const { token } = offered
  if (token !== null && (takesOld || now < freshUntil(offered))) return { kind: 'ready', card: offered, token }
  const turn = await takeSendingTurn(tx, 'card', offered, now)
  return turn ? { kind: 'ask', card: turn, isNew: false } : { kind: 'wait', id: offered.id }
}

/** Held by this very shopper, whoever asked for it. */
const hasLiveCard = async (tx: Tx, { actor }: ShopperCtx, { id }: CardTemplate): Promise<boolean> =>
  (await tx
    .selectFrom('card')
    .select('id')
    .where('template_id', '=', id)
    .where('openid', '=', actor.openid)
    .where('appid', '=', actor.appid)
    .where('state', 'in', openCardStates)
    .executeTakeFirst()) !== undefined

const lockOffered = (tx: Tx, templateId: string, userId: string): Promise<Card | undefined> =>
  tx
    .selectFrom('card')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('asked_by', '=', userId)
    .where('state', 'in', ['preparing', 'prepared'])
    .forNoKeyUpdate()
    .executeTakeFirst()

/** Of many first taps one inserts; the others wait for its commit, and then for its answer. */
async function insert(tx: Tx, ctx: ShopperCtx, template: CardTemplate): Promise<Turn<Ready, Asking>> {
  const now = ctx.clock.now()
  const { userId, appid } = ctx.actor
  const id = randomUUIDv7()
  // The 32 hex digits are exactly WeChat's limit.
  const numbered = { id, mchid: template.mchid, appid, out_card_code: id.replaceAll('-', '') }
  const request = prepareBody(numbered, template.card_template_id, ctx.config.notifyBaseUrl)
  const times = { created_at: now, next_query_at: nextQueryAt(0, now) }
  const inserted = await tx
    .insertInto('card')
    .values({ ...numbered, ...times, template_id: template.id, asked_by: userId, request: JSON.stringify(request) })
    .onConflict((oc) => oc.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!inserted) return { kind: 'wait', id: undefined }
  const turn = await takeSendingTurn(tx, 'card', inserted, now)
  return turn ? { kind: 'ask', card: turn, isNew: true } : { kind: 'wait', id }
}
