import { setTimeout as delay } from 'node:timers/promises'
import type { cards } from '@shouyin/contracts/shopper'
import { takeCardPage } from '@shouyin/wechatpay-core/protocol'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { readCard } from '../repository.ts'
import { askToken } from './ask-token.ts'
import { type Turn, takeTurn } from './take-turn.ts'
import { viewCard } from './view.ts'

const PATIENCE_MS = 15_000
const POLL_MS = 100
const MAX_QUESTIONS = 3
const RETRY_AFTER_SECONDS = 3

interface Prepared {
  readonly card: cards.Card
  readonly page: cards.CardPage
}

/**
 * Leads to WeChat's page on which the card is taken. Every round reads the rows anew, so a token is only handed out while
 * nobody is known to have used it.
 * @throws AppError CARD_OFFER_NOT_FOUND, CARD_OFFER_WITHDRAWN, CARD_ALREADY_TAKEN, WECHATPAY_REFUSED;
 * WECHATPAY_UNAVAILABLE when the outcome is unknown
 */
export async function prepareCard(ctx: ShopperCtx, { id: templateId }: { id: string }): Promise<Prepared> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let [takesOld, questions] = [false, 0]
  while (!patience.aborted && questions < MAX_QUESTIONS) {
    const turn = await inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, { templateId, takesOld }))
    if (turn.kind === 'ready') return handOut(ctx, turn)
    if (turn.kind === 'wait') {
      await waitFor(ctx, turn)
      continue
    }
    questions++
    const asked = await askToken(ctx, turn)
    if (asked === 'refused') throw refused()
    if (asked === 'unknown') break
    takesOld = asked === 'kept'
  }
  throw new AppError('WECHATPAY_UNAVAILABLE', '微信支付暂时没有答复，请稍后再试', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

async function handOut(ctx: ShopperCtx, turn: Extract<Turn, { kind: 'ready' }>): Promise<Prepared> {
  const { appId, path } = takeCardPage(turn.token)
  return { card: await viewCard(ctx, turn.card), page: { appId, path } }
}

/** Somebody is asking WeChat Pay. @throws AppError WECHATPAY_REFUSED when that is the answer, for all who waited */
async function waitFor(ctx: ShopperCtx, { id }: Extract<Turn, { kind: 'wait' }>): Promise<void> {
  await delay(POLL_MS)
  if (id !== undefined && (await readCard(ctx.db, id)).state === 'refused') throw refused()
}

const refused = (): AppError => new AppError('WECHATPAY_REFUSED', '微信支付未受理，请联系商家')
