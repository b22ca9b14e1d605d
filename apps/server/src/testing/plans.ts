import { randomUUID } from 'node:crypto'
import type { MerchantCtx, RequestInfo, ShopperCtx } from '../kernel/context.ts'
import { onNotification } from '../products/payscore/on-notification.ts'
import { catchUpPlans } from '../products/payscore/plans/catch-up.ts'
import { createPlan } from '../products/payscore/plans/create.ts'
import { listLessons } from '../products/payscore/repository.ts'
import { catchUpSignPlans } from '../products/payscore/sign-plans/catch-up.ts'
import { createSignPlan } from '../products/payscore/sign-plans/create.ts'
import { querySignPlan } from '../products/payscore/sign-plans/query.ts'
import type { Plan, SignPlan } from '../products/payscore/table.ts'
import { newMerchant } from './context.ts'
import { BADMINTON } from './courses.ts'
import { deliver, type Letter } from './letters.ts'
import { startWorld, type WorldOptions } from './world.ts'

export const PLANS = '/v3/payscore/plan/payscore-plans'
export const SIGN_PLANS = '/v3/payscore/sign-plan/user-sign-plans'

interface JournalRequest {
  readonly method: string
  readonly path: string
  readonly requestBody: string
}

export type PlanShop = Awaited<ReturnType<typeof openPlanShop>>

/** A world in which plans are sold and signed. Nobody sweeps but the test. */
export async function openPlanShop(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const { db } = ctx
  const lin = await newMerchant(ctx, { person: 'Lin' })
  const asking = (): MerchantCtx & RequestInfo => ({ ...lin, idempotencyKey: randomUUID() })
  const row = ({ id }: { id: string }): Promise<SignPlan> =>
    db.selectFrom('sign_plan').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const rowsOf = ({ actor }: ShopperCtx): Promise<SignPlan[]> =>
    db.selectFrom('sign_plan').selectAll().where('user_id', '=', actor.userId).orderBy('id').execute()
  const plan = await createPlan(asking(), BADMINTON)
  return {
    ...world,
    lin,
    asking,
    plan,
    row,
    rowsOf,
    newPlan: () => createPlan(asking(), BADMINTON),
    planRow: ({ id }: { id: string }): Promise<Plan> =>
      db.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    lessonsOf: ({ id }: { id: string }) => listLessons(db, [id]),
    /** Somebody who has WeChat's sign page in front of him. */
    async buyer({ id } = plan, shopper = world.newShopper()) {
      const { signPlan, view } = await createSignPlan(shopper, { id })
      return { shopper, id: signPlan.id, view }
    },
    /** … who has signed, and we know. */
    async signer(of = plan) {
      const buyer = await this.buyer(of)
      await this.sign(buyer)
      await querySignPlan(ctx, await row(buyer))
      return buyer
    },
    /** On WeChat's page; nobody tells us. */
    async sign(of: { id: string }): Promise<void> {
      await simulated.call('POST', `/payscore/sign-plans/${(await row(of)).merchant_sign_plan_no}/sign`, {})
    },
    async cancelInWechat(of: { id: string }): Promise<void> {
      await simulated.call('POST', `/payscore/sign-plans/${(await row(of)).merchant_sign_plan_no}/cancel`, {})
    },
    revokeService: ({ actor: { openid } }: ShopperCtx) =>
      simulated.call('POST', '/payscore/revoke-service', { openid }),
    atWechat: async ({ id }: { id: string }) =>
      simulated.call<{ state: string; cancelType: string; cancelReason: string | null; overAt: string }>(
        'GET',
        `/payscore/sign-plans/${(await row({ id })).merchant_sign_plan_no}`,
      ),
    plansAtWechat: async () =>
      (
        await simulated.call<{ plans: { merchantPlanNo: string; planId: string; state: string }[] }>(
          'GET',
          '/payscore/plans',
        )
      ).plans,
    /** Bodies that were sent there and name this number. */
    async sent(path: string, number: string): Promise<readonly string[]> {
      const { requests } = await simulated.call<{ requests: JournalRequest[] }>('GET', '/requests?limit=5000')
      return requests
        .filter((one) => one.method === 'POST' && one.path.startsWith(path))
        .filter((one) => `${one.path} ${one.requestBody}`.includes(number))
        .map((one) => one.requestBody)
        .reverse()
    },
    /** All that is due. */
    async sweep(): Promise<void> {
      while ((await catchUpPlans(ctx)) + (await catchUpSignPlans(ctx)) > 0);
    },
    /** Letters of WeChat Pay, opened and handed to the server's handlers. */
    deliver: (letters: readonly Letter[]) => deliver(ctx, onNotification, letters),
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}
