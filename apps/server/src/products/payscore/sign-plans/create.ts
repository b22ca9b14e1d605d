import { setTimeout as delay } from 'node:timers/promises'
import type { plans } from '@shouyin/contracts/shopper'
import { asNavigation, signPlanView } from '@shouyin/wechatpay-core/protocol'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { findSignPlanById } from '../repository.ts'
import { askPackage } from './ask-package.ts'
import { type Turn, takeTurn } from './take-turn.ts'
import { viewSignPlan } from './view.ts'

const PATIENCE_MS = 15_000
const POLL_MS = 100
const MAX_QUESTIONS = 3
const RETRY_AFTER_SECONDS = 3
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
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let [leastMs, questions] = [FRESH_MS, 0]
  while (!patience.aborted && questions < MAX_QUESTIONS) {
    const turn = await inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, { planId, leastMs, mayRevive: questions === 0 }))
    if (turn.kind === 'ready') return handOut(ctx, turn)
    if (turn.kind === 'wait') {
      await waitFor(ctx, turn)
      continue
    }
    questions++
    const asked = await askPackage(ctx, turn)
    if (asked === 'refused') throw refused()
    if (asked === 'unknown') break
    if (asked === 'kept') leastMs = 0
  }
  throw new AppError('WECHATPAY_UNAVAILABLE', '微信支付暂时没有答复，请稍后再试', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}

async function handOut(ctx: ShopperCtx, turn: Extract<Turn, { kind: 'ready' }>): Promise<Bought> {
  const view = signPlanView(turn.packageText)
  return { signPlan: await viewSignPlan(ctx.db, turn.signPlan), view: { ...view, navigation: asNavigation(view) } }
}

/** Somebody is asking WeChat Pay. @throws AppError WECHATPAY_REFUSED when that is the answer, for all who waited */
async function waitFor(ctx: ShopperCtx, { id }: Extract<Turn, { kind: 'wait' }>): Promise<void> {
  await delay(POLL_MS)
  if (id !== undefined && (await findSignPlanById(ctx.db, id)).state === 'refused') throw refused()
}

const refused = (): AppError => new AppError('WECHATPAY_REFUSED', '微信支付未受理，请联系商家')
