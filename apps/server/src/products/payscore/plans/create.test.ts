import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listAudit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import { BADMINTON } from '../../../testing/courses.ts'
import { dying, Killed } from '../../../testing/dying.ts'
import { openPlanShop, PLANS, type PlanShop } from '../../../testing/plans.ts'
import { createPlan } from './create.ts'
import { getPlan } from './get.ts'
import { listPlans } from './list.ts'
import { getMerchantPlan } from './merchant-get.ts'
import { listMerchantPlans } from './merchant-list.ts'

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

const create = (by: MerchantCtx & RequestInfo = shop.asking(), course = BADMINTON) => createPlan(by, course)
const see = (id: string) => getMerchantPlan(shop.lin, { id })
const onSale = async () => (await listPlans(shop.ctx)).plans.map(({ id }) => id)
const howMany = async (merchantPlanNo: string) =>
  (await shop.plansAtWechat()).filter((plan) => plan.merchantPlanNo === merchantPlanNo).length
const onCreate = { method: 'POST', path: PLANS }
const onQuery = { method: 'GET', path: `${PLANS}/*` }

describe('a plan', () => {
  test('is on sale once WeChat Pay has it, with every lesson in its order', async () => {
    const plan = await create()
    const [atWechat] = await shop.plansAtWechat()
    expect(plan).toMatchObject({
      ...{ state: 'on_sale', planId: atWechat?.planId, merchantPlanNo: atWechat?.merchantPlanNo, problem: null },
      ...{ name: '羽毛球课3节', durationDays: 300, originalFen: 54_000, totalFen: 30_000, signedCount: 0 },
      lessons: [
        { number: 1, name: '第一节课', originalFen: 18_000, priceFen: 18_000, discount: null },
        { number: 2, name: '第二节课', originalFen: 18_000, priceFen: 12_000, discount: '优惠60元' },
        { number: 3, name: '第三节课', originalFen: 18_000, priceFen: 0, discount: '送一节课' },
      ],
    })
    const { entries } = await listAudit(shop.lin, { limit: 10, subject: plan.id })
    expect(entries).toMatchObject([{ person: 'Lin', action: 'plan.create', detail: { name: '羽毛球课3节' } }])
    expect(await getPlan(shop.ctx, plan)).toMatchObject({ onSale: true, totalFen: 30_000 })
    expect(await see(plan.merchantPlanNo)).toEqual(plan)
  })

  test('is one, however often its Idempotency-Key comes', async () => {
    const by = shop.asking()
    const plans = await Promise.all(Array.from({ length: 8 }, () => create(by)))
    expect(new Set(plans.map(({ id }) => id)).size).toBe(1)
    expect(await howMany(plans[0]?.merchantPlanNo ?? '')).toBe(1)
    await expect(create(by, { ...BADMINTON, name: '另一个课' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('cannot be made where no Pay Score service is set up', async () => {
    const by = { ...shop.asking(), config: { ...shop.ctx.config, payScore: null } }
    await expect(create(by)).rejects.toMatchObject({ code: 'PAYSCORE_NOT_SET_UP' })
  })

  test('is listed newest first, page by page, by state', async () => {
    const newest = await create()
    const first = await listMerchantPlans(shop.lin, { limit: 1, state: 'on_sale' })
    expect(first).toMatchObject({ plans: [{ id: newest.id }], next: newest.id })
    const { plans } = await listMerchantPlans(shop.lin, { limit: 100, after: newest.id })
    expect(plans.map(({ id }) => id)).not.toContain(newest.id)
    expect((await listMerchantPlans(shop.lin, { limit: 100, state: 'stopping' })).plans).toEqual([])
    expect(await onSale()).toContain(newest.id)
  })

  test.each(['nobody', '0197aa00-0000-7000-8000-000000000000'])('%s is no plan', async (id) => {
    await expect(see(id)).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' })
    await expect(getPlan(shop.ctx, { id })).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' })
  })
})

describe('when the outcome is unknown', () => {
  test.each(['error-before-effect', 'error-after-effect', 'reset-before-effect', 'reset-after-effect'])(
    '%s: the plan is creating and not for sale; the sweep brings it on sale, once and with the same bytes',
    async (kind) => {
      await shop.simulated.faults({ match: onCreate, kind, count: 3 })
      const plan = await create()
      expect(plan).toMatchObject({ state: 'creating', planId: null, problem: null })
      expect(await onSale()).not.toContain(plan.id)
      await expect(getPlan(shop.ctx, plan)).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' })
      await shop.simulated.faults()
      await shop.advance(60)
      await shop.sweep()
      expect(await see(plan.id)).toMatchObject({ state: 'on_sale' })
      expect(await howMany(plan.merchantPlanNo)).toBe(1)
      expect(new Set(await shop.sent(PLANS, plan.merchantPlanNo)).size).toBe(1)
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(['before', 'after'] as const)('a process that dies %s its call only delays', async (when) => {
    const by = dying(shop.asking(), 'payscore.createPlan', when)
    await expect(create(by)).rejects.toThrow(Killed)
    const { plans } = await listMerchantPlans(shop.lin, { limit: 1 })
    expect(plans).toMatchObject([{ state: 'creating' }])
    await shop.advance(60)
    await shop.sweep()
    expect(await see(plans[0]?.id ?? '')).toMatchObject({ state: 'on_sale' })
    expect(await howMany(plans[0]?.merchantPlanNo ?? '')).toBe(1)
  })

  test('two sweeps at once and a repeated request make one plan', async () => {
    await shop.simulated.faults({ match: onCreate, kind: 'reset-before-effect', count: 3 })
    const by = shop.asking()
    const plan = await create(by)
    await shop.simulated.faults()
    await shop.advance(60)
    await Promise.all([shop.sweep(), shop.sweep(), create(by), create(by)])
    await shop.sweep()
    expect(await see(plan.id)).toMatchObject({ state: 'on_sale' })
    expect(await howMany(plan.merchantPlanNo)).toBe(1)
  })

  test('a refusal proves nothing while WeChat Pay does not say that it has no such plan', async () => {
    await shop.simulated.faults(
      { match: onCreate, kind: 'error-after-effect', status: 400, code: 'INVALID_REQUEST', count: 1 },
      { match: onQuery, kind: 'error-before-effect', count: 9 },
    )
    const plan = await create()
    expect(plan).toMatchObject({ state: 'creating' })
    await shop.simulated.faults()
    await shop.advance(60)
    await shop.sweep()
    expect(await see(plan.id)).toMatchObject({ state: 'on_sale', problem: null })
  })

  test('a refusal of a plan that WeChat Pay has is none', async () => {
    const fault = { kind: 'error-after-effect', status: 400, code: 'INVALID_REQUEST', count: 1 }
    await shop.simulated.faults({ match: onCreate, ...fault })
    expect(await create()).toMatchObject({ state: 'on_sale' })
    expect(shop.alarms).toEqual([])
  })
})

describe('what WeChat Pay does not take', () => {
  const services = async (change: object) =>
    shop.simulated.call('PUT', `/payscore/services/${shop.simulated.serviceId}`, change)
  afterEach(() => services({ hasPlanPermission: true, planMaxDays: 365, planMaxDeductions: 50 }))

  test.each([
    ['a service without 按计划确认', { hasPlanPermission: false }, 'NO_AUTH 商户暂无权限使用此服务'],
    ['more days than the service may', { planMaxDays: 299 }, 'INVALID_REQUEST 支付分计划有效期'],
    ['more lessons than the service may', { planMaxDeductions: 2 }, 'INVALID_REQUEST 支付分计划扣费次数'],
  ] as const)('%s: refused, with its words and one alarm; nobody can buy it', async (_, change, words) => {
    await services(change)
    const plan = await create()
    expect(plan).toMatchObject({ state: 'refused', planId: null })
    expect(plan.problem).toContain(words)
    expect(shop.alarms).toMatchObject([{ kind: 'plan_refused', detail: { merchantPlanNo: plan.merchantPlanNo } }])
    await shop.advance(3600)
    await shop.sweep()
    expect(await see(plan.id)).toEqual(plan)
    expect(await howMany(plan.merchantPlanNo)).toBe(0)
    await expect(getPlan(shop.ctx, plan)).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' })
  })
})
