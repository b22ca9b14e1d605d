import { endpoints } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dying, Killed } from '../../../testing/dying.ts'
import { openPlanShop, PLANS, type PlanShop, SIGN_PLANS } from '../../../testing/plans.ts'
import { getMerchantPlan } from '../plans/merchant-get.ts'
import { stopPlan } from '../plans/stop.ts'
import { createSignPlan } from './create.ts'
import { querySignPlan } from './query.ts'

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

const onCreate = { method: 'POST', path: SIGN_PLANS }
const onQuery = { method: 'GET', path: `${SIGN_PLANS}/*` }
const MINUTE = 60

const tap = (shopper: ReturnType<PlanShop['newShopper']>, { id } = shop.plan) => createSignPlan(shopper, { id })

describe('buying a plan', () => {
  test('leads to the sign page, with every lesson as it was promised and a number of its own', async () => {
    const { shopper, id, view } = await shop.buyer()
    const row = await shop.row({ id })
    expect(row).toMatchObject({ state: 'unsigned', openid: shopper.actor.openid, sign_plan_id: expect.any(String) })
    expect(view).toEqual({
      businessType: 'wxpayScorePlan',
      extraData: { package: row.package },
      navigation: { appId: 'wxd8f3793ea3b935b8', path: 'pages/use/plan', extraData: { package: row.package } },
    })
    const lessons = await shop.lessonsOf({ id })
    expect(lessons.map((lesson) => [lesson.number, lesson.name, lesson.price_fen, lesson.state])).toEqual([
      [1, '第一节课', 18_000, 'unused'],
      [2, '第二节课', 12_000, 'unused'],
      [3, '第三节课', 0, 'unused'],
    ])
    for (const { out_order_no } of lessons) expect(out_order_no).toMatch(/^[0-9a-f]{32}$/)
    expect(await shop.atWechat({ id })).toMatchObject({
      details: lessons.map(({ number, out_order_no }) => ({ no: number, merchantNo: out_order_no })),
    })
  })

  test('forty taps at once make one sign plan at WeChat Pay, and all get it', async () => {
    const shopper = shop.newShopper()
    const bought = await Promise.all(Array.from({ length: 40 }, () => tap(shopper)))
    expect(new Set(bought.map(({ signPlan, view }) => `${signPlan.id} ${view.extraData.package}`)).size).toBe(1)
    const [row, ...others] = await shop.rowsOf(shopper)
    expect(others).toEqual([])
    expect(await shop.sent(SIGN_PLANS, row?.merchant_sign_plan_no ?? '')).toHaveLength(1)
  })

  test('another WeChat account is another shopper', async () => {
    const [one, other] = [await shop.buyer(), await shop.buyer()]
    expect(other.id).not.toBe(one.id)
    expect(other.view.extraData.package).not.toBe(one.view.extraData.package)
  })

  test('the same shopper may buy two plans', async () => {
    const shopper = shop.newShopper()
    const [one, other] = [await tap(shopper), await tap(shopper, await shop.newPlan())]
    expect(other.signPlan.id).not.toBe(one.signPlan.id)
  })

  test('once it is signed it is not bought again, also when nobody told us', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    await shop.advance(115 * MINUTE)
    await expect(tap(buyer.shopper)).rejects.toMatchObject({ code: 'PLAN_ALREADY_SIGNED' })
    expect(await shop.row(buyer)).toMatchObject({ state: 'signed' })
    await expect(tap(buyer.shopper)).rejects.toMatchObject({ code: 'PLAN_ALREADY_SIGNED' })
  })

  test('one that was cancelled may be bought again', async () => {
    const buyer = await shop.signer()
    await shop.cancelInWechat(buyer)
    await shop.advance(6 * 60 * MINUTE)
    await shop.sweep()
    const again = await tap(buyer.shopper)
    expect(again.signPlan).toMatchObject({ status: 'unsigned' })
    expect(again.signPlan.id).not.toBe(buyer.id)
  })

  test.each(['nobody', '0197aa00-0000-7000-8000-000000000000'])('%s is no plan', async (id) => {
    await expect(createSignPlan(shop.newShopper(), { id })).rejects.toMatchObject({ code: 'PLAN_NOT_FOUND' })
  })
})

describe('the package', () => {
  test('is handed out again while ten minutes of it are left, without a question', async () => {
    const { shopper, id, view } = await shop.buyer()
    await shop.advance(109 * MINUTE)
    expect((await tap(shopper)).view).toEqual(view)
    expect(await shop.sent(SIGN_PLANS, (await shop.row({ id })).merchant_sign_plan_no)).toHaveLength(1)
  })

  test('is renewed when it is older, under the same number and with the same bytes', async () => {
    const { shopper, id, view } = await shop.buyer()
    await shop.advance(111 * MINUTE)
    const again = await tap(shopper)
    expect(again.signPlan.id).toBe(id)
    expect(again.view.extraData.package).not.toBe(view.extraData.package)
    const sent = await shop.sent(SIGN_PLANS, (await shop.row({ id })).merchant_sign_plan_no)
    expect([sent.length, new Set(sent).size]).toEqual([2, 1])
    await shop.advance(109 * MINUTE)
    expect((await tap(shopper)).view).toEqual(again.view)
  })

  const noRenewal = { match: onCreate, kind: 'error-before-effect', status: 400, code: 'INVALID_REQUEST', count: 1 }

  test('stays while it lives, when WeChat Pay gives no other', async () => {
    const { shopper, view } = await shop.buyer()
    await shop.advance(115 * MINUTE)
    await shop.simulated.faults(noRenewal)
    expect((await tap(shopper)).view).toEqual(view)
    expect(shop.alarms).toEqual([])
  })

  test('over, and nobody signed: that one has lapsed, the next takes its place', async () => {
    const { shopper, id } = await shop.buyer()
    await shop.advance(126 * MINUTE)
    const again = await tap(shopper)
    expect(again.signPlan.id).not.toBe(id)
    const [first, second] = await shop.rowsOf(shopper)
    expect([first?.state, second?.state]).toEqual(['lapsed', 'unsigned'])
  })

  test('in the minutes in which somebody may still be signing, nobody gets another one', async () => {
    const { shopper, id } = await shop.buyer()
    await shop.advance(121 * MINUTE)
    await shop.simulated.faults({ ...noRenewal, count: 99 })
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await shop.row({ id })).toMatchObject({ state: 'unsigned' })
  })

  test('that never reached us cannot be signed: when WeChat Pay gives no other, the next takes its place', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults({ match: onCreate, kind: 'reset-after-effect', count: 1 })
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await shop.simulated.faults(noRenewal)
    expect((await tap(shopper)).signPlan).toMatchObject({ status: 'unsigned' })
    expect((await shop.rowsOf(shopper)).map(({ state }) => state)).toEqual(['lapsed', 'unsigned'])
  })
})

describe('when the outcome is unknown', () => {
  test.each(['error-before-effect', 'error-after-effect', 'reset-before-effect', 'reset-after-effect'])(
    '%s: the shopper may try again, and there is one sign plan, of the same bytes',
    async (kind) => {
      const shopper = shop.newShopper()
      await shop.simulated.faults({ match: { path: `${SIGN_PLANS}*` }, kind, count: 99 })
      await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE', retryAfterSeconds: 3 })
      await shop.simulated.faults()
      const { signPlan } = await tap(shopper)
      const [row, ...others] = await shop.rowsOf(shopper)
      expect(row).toMatchObject({ id: signPlan.id, state: 'unsigned' })
      expect(others).toEqual([])
      expect(new Set(await shop.sent(SIGN_PLANS, row?.merchant_sign_plan_no ?? '')).size).toBe(1)
    },
  )

  test.each(['before', 'after'] as const)(
    'a process that dies %s its call only delays: the sweep goes on',
    async (when) => {
      const shopper = shop.newShopper()
      const dead = dying(shopper, 'payscore.createSignPlan', when)
      await expect(tap(dead)).rejects.toThrow(Killed)
      const [row] = await shop.rowsOf(shopper)
      expect(row).toMatchObject({ state: 'creating' })
      await shop.advance(MINUTE)
      await shop.sweep()
      expect(await shop.row({ id: row?.id ?? '' })).toMatchObject({ state: 'unsigned' })
      expect((await tap(shopper)).signPlan.id).toBe(row?.id)
    },
  )

  test('a process that dies with its turn holds others up for less than a minute', async () => {
    const shopper = shop.newShopper()
    await expect(tap(dying(shopper, 'payscore.createSignPlan', 'before'))).rejects.toThrow(Killed)
    const [row] = await shop.rowsOf(shopper)
    await shop.ctx.db
      .updateTable('sign_plan')
      .set({ sending_until: new Date(shop.ctx.clock.now().getTime() + 40_000) })
      .where('id', '=', row?.id ?? '')
      .execute()
    await shop.advance(MINUTE)
    expect((await tap(shopper)).signPlan.id).toBe(row?.id)
  })

  test('while the plan itself cannot be asked about, nobody signs it', async () => {
    await shop.simulated.faults({ match: { method: 'GET', path: `${PLANS}/*` }, kind: 'error-before-effect', count: 9 })
    const shopper = shop.newShopper()
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    const [row] = await shop.rowsOf(shopper)
    expect(await shop.sent(SIGN_PLANS, row?.merchant_sign_plan_no ?? '')).toEqual([])
  })
})

describe('what WeChat Pay does not take', () => {
  const refusal = { match: onCreate, kind: 'error-before-effect', status: 403, code: 'NO_AUTH', count: 1 }

  test('is refused for all who wait, with one alarm; the next tap is a new attempt', async () => {
    await shop.simulated.faults(refusal)
    const shopper = shop.newShopper()
    const taps = await Promise.allSettled(Array.from({ length: 10 }, () => tap(shopper)))
    expect(taps.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    for (const one of taps) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'WECHATPAY_REFUSED' })
    }
    const [row] = await shop.rowsOf(shopper)
    expect(row).toMatchObject({ state: 'refused', next_query_at: null })
    expect(row?.problem).toContain('NO_AUTH')
    expect(shop.alarmsOf('sign_plan_refused')).toHaveLength(1)
    expect((await tap(shopper)).signPlan).toMatchObject({ status: 'unsigned' })
  })

  test('a refusal of what WeChat Pay has is none', async () => {
    await shop.simulated.faults({ ...refusal, kind: 'error-after-effect' })
    expect((await shop.buyer()).view.extraData.package).toEqual(expect.any(String))
  })

  test('a refusal proves nothing while nobody says that WeChat Pay does not have it', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults(refusal, { match: onQuery, kind: 'error-before-effect', count: 9 })
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await shop.rowsOf(shopper)).toMatchObject([{ state: 'creating', unconfirmed: true }])
  })

  test('comes back when WeChat Pay has it after all', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults(refusal)
    await expect(tap(shopper)).rejects.toMatchObject({ code: 'WECHATPAY_REFUSED' })
    const [row] = await shop.rowsOf(shopper)
    if (!row) return expect.unreachable()
    const client = shop.ctx.wechat(row.mchid)
    await client.call(endpoints.createSignPlan, { body: JSON.parse(row.request) })
    await shop.sign(row)
    expect(await querySignPlan(shop.ctx, row)).toBe('signed')
    expect(await shop.row(row)).toMatchObject({ state: 'signed', problem: null })
  })
})

describe('a plan that is not on sale', () => {
  test('stopped here: nobody buys it, whoever has signed keeps it', async () => {
    const plan = await shop.newPlan()
    const signer = await shop.signer(plan)
    const other = await shop.buyer(plan)
    await stopPlan(shop.asking(), plan)
    await expect(tap(shop.newShopper(), plan)).rejects.toMatchObject({ code: 'PLAN_STOPPED' })
    await expect(tap(other.shopper, plan)).rejects.toMatchObject({ code: 'PLAN_STOPPED' })
    await expect(tap(signer.shopper, plan)).rejects.toMatchObject({ code: 'PLAN_ALREADY_SIGNED' })
    expect(await getMerchantPlan(shop.lin, plan)).toMatchObject({ state: 'stopped', signedCount: 1 })
  })

  test('stopped at WeChat Pay, and nobody told us: asked before signing, so nobody signs', async () => {
    const plan = await shop.newPlan()
    const client = shop.ctx.wechat(shop.ctx.config.mchid)
    await client.call(endpoints.stopPlan, { path: { merchant_plan_no: plan.merchantPlanNo } })
    const shopper = shop.newShopper()
    await expect(tap(shopper, plan)).rejects.toMatchObject({ code: 'PLAN_STOPPED' })
    const [row] = await shop.rowsOf(shopper)
    expect(row).toMatchObject({ state: 'refused' })
    expect(await shop.sent(SIGN_PLANS, row?.merchant_sign_plan_no ?? '')).toEqual([])
    expect(await getMerchantPlan(shop.lin, plan)).toMatchObject({ state: 'stopped' })
    expect(shop.alarms).toEqual([])
  })

  test('forgotten by WeChat Pay: a person hears of it', async () => {
    const fault = { kind: 'error-before-effect', status: 404, code: 'RESOURCE_NOT_EXISTS', count: 1 }
    await shop.simulated.faults({ match: { method: 'GET', path: `${PLANS}/*` }, ...fault })
    await expect(tap(shop.newShopper())).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(shop.alarmsOf('plan_unknown_to_wechat')).toHaveLength(1)
  })
})
