import type { plans } from '@shouyin/contracts/shopper'
import { asNavigation, signPlanView } from '@shouyin/wechatpay-core/protocol'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { untilReady } from '../../../kernel/until-ready.ts'
import { findSignPlanById } from '../repository.ts'
import { askPackage } from './ask-package.ts'
import { type Ready, takeTurn } from './take-turn.ts'
import { viewSignPlan } from './view.ts'

/** The shopper needs some minutes to read and to sign. */
const FRESH_MS = 600_000

interface Bought {
  readonly signPlan: plans.SignPlan
  readonly view: plans.BusinessView
}

/**
 * Buys a plan: parameters for WeChat's sign page. Every round reads the rows anew, so a package is only handed out while
 * it can be signed.
 * @throws AppError PLAN_NOT_FOUND, PLAN_STOPPED, PLAN_ALREADY_SIGNED, WECHATPAY_REFUSED; WECHATPAY_UNAVAILABLE when the
 * outcome is unknown
 */
export async function createSignPlan(ctx: ShopperCtx, { id: planId }: { id: string }): Promise<Bought> {
  let leastMs = FRESH_MS
  const ready = await untilReady({
    takeTurn: (questions) =>
      inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, { planId, leastMs, mayRevive: questions === 0 })),
    async ask(turn) {
      const asked = await askPackage(ctx, turn)
      if (asked === 'kept') leastMs = 0
      return asked
    },
    isRefused: async (id) => (await findSignPlanById(ctx.db, id)).state === 'refused',
  })
  return handOut(ctx, ready)
}

async function handOut(ctx: ShopperCtx, { signPlan, packageText }: Ready): Promise<Bought> {
  const view = signPlanView(packageText)
  return { signPlan: await viewSignPlan(ctx.db, signPlan), view: { ...view, navigation: asNavigation(view) } }
}
