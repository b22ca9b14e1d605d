import type { cards } from '@shouyin/contracts/shopper'
import { takeCardPage } from '@shouyin/wechatpay-core/protocol'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { untilReady } from '../../../kernel/until-ready.ts'
import { readCard } from '../repository.ts'
import { askToken } from './ask-token.ts'
import { takeTurn } from './take-turn.ts'
import { viewCard } from './view.ts'

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
  let takesOld = false
  const { card, token } = await untilReady({
    takeTurn: () => inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, { templateId, takesOld })),
    async ask(turn) {
      const asked = await askToken(ctx, turn)
      takesOld = asked === 'kept'
      return asked
    },
    isRefused: async (id) => (await readCard(ctx.db, id)).state === 'refused',
  })
  const { appId, path } = takeCardPage(token)
  return { card: await viewCard(ctx, card), page: { appId, path } }
}
