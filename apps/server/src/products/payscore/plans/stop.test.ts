import { endpoints } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../../kernel/audit.ts'
import { dying, Killed } from '../../../testing/dying.ts'
import { openPlanShop, PLANS, type PlanShop } from '../../../testing/plans.ts'
import { getPlan } from './get.ts'
import { listPlans } from './list.ts'
import { getMerchantPlan } from './merchant-get.ts'
import { stopPlan } from './stop.ts'

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

const see = (id: string) => getMerchantPlan(shop.lin, { id })
const atWechat = async (merchantPlanNo: string) =>
  (await shop.plansAtWechat()).find((plan) => plan.merchantPlanNo === merchantPlanNo)?.state
const onStop = { method: 'POST', path: `${PLANS}/*` }

test('a stopped plan is off sale for good, and may still be looked at', async () => {
  const { id, merchantPlanNo } = await shop.newPlan()
  const stopped = await stopPlan(shop.asking(), { id: merchantPlanNo })
  expect(stopped).toMatchObject({ id, state: 'stopped', stoppedAt: expect.any(String) })
  expect(await atWechat(merchantPlanNo)).toBe('STOP')
  expect(await stopPlan(shop.asking(), { id })).toEqual(stopped)
  expect((await listPlans(shop.ctx)).plans.map((plan) => plan.id)).not.toContain(id)
  expect(await getPlan(shop.ctx, { id })).toMatchObject({ onSale: false })
  const { entries } = await listAudit(shop.lin, { limit: 10, subject: id })
  expect(entries.map(({ action }) => action)).toEqual(['plan.stop', 'plan.create'])
})

test('somebody stopped it in 商户平台: the next look finds out', async () => {
  const { id, merchantPlanNo } = await shop.newPlan()
  await shop.ctx.wechat(shop.ctx.config.mchid).call(endpoints.stopPlan, { path: { merchant_plan_no: merchantPlanNo } })
  expect(await stopPlan(shop.asking(), { id })).toMatchObject({ state: 'stopped' })
})

describe('until WeChat Pay agrees the plan is stopping', () => {
  test.each(['error-before-effect', 'error-after-effect', 'reset-before-effect', 'reset-after-effect'])(
    '%s, and no question is answered',
    async (kind) => {
      const { id } = await shop.newPlan()
      await shop.simulated.faults({ match: { path: `${PLANS}/*` }, kind, count: 99 })
      expect(await stopPlan(shop.asking(), { id })).toMatchObject({ state: 'stopping', stoppedAt: null })
      expect(await getPlan(shop.ctx, { id })).toMatchObject({ onSale: false })
      await shop.simulated.faults()
      await shop.advance(60)
      await shop.sweep()
      expect(await see(id)).toMatchObject({ state: 'stopped', problem: null })
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(['before', 'after'] as const)('a process that dies %s its call only delays', async (when) => {
    const { id } = await shop.newPlan()
    await expect(stopPlan(dying(shop.asking(), 'payscore.stopPlan', when), { id })).rejects.toThrow(Killed)
    expect(await see(id)).toMatchObject({ state: 'stopping' })
    await shop.advance(60)
    await shop.sweep()
    expect(await see(id)).toMatchObject({ state: 'stopped' })
  })

  test('an answer without effect is not believed', async () => {
    const { id, merchantPlanNo } = await shop.newPlan()
    await shop.simulated.faults({ match: onStop, kind: 'ok-without-effect', count: 1 })
    expect(await stopPlan(shop.asking(), { id })).toMatchObject({ state: 'stopping' })
    expect(await atWechat(merchantPlanNo)).toBe('NORMAL')
    await shop.advance(60)
    await shop.sweep()
    expect(await see(id)).toMatchObject({ state: 'stopped' })
    expect(await atWechat(merchantPlanNo)).toBe('STOP')
  })

  test('a refusal is one alarm, with its words; it is tried again all the same', async () => {
    const { id } = await shop.newPlan()
    const fault = { kind: 'error-before-effect', status: 403, code: 'NO_AUTH', count: 3 }
    await shop.simulated.faults({ match: onStop, ...fault })
    expect((await stopPlan(shop.asking(), { id })).problem).toContain('NO_AUTH')
    for (const minutes of [1, 2, 4]) {
      await shop.advance(minutes * 60)
      await shop.sweep()
    }
    expect(shop.alarmsOf('plan_not_stopped')).toHaveLength(1)
    expect(await see(id)).toMatchObject({ state: 'stopped', problem: null })
  })
})

test('a plan of which WeChat Pay has not said that it has it is brought on sale and stopped', async () => {
  await shop.simulated.faults({ match: { path: `${PLANS}*` }, kind: 'reset-after-effect', count: 99 })
  const { id } = await shop.newPlan()
  expect(await stopPlan(shop.asking(), { id })).toMatchObject({ state: 'creating' })
  await shop.simulated.faults()
  expect(await stopPlan(shop.asking(), { id })).toMatchObject({ state: 'stopped' })
})
