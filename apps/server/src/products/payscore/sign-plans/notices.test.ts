import type { OpenedNotification } from '@shouyin/wechatpay-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '../../../kernel/context.ts'
import { openLetterBox } from '../../../testing/letters.ts'
import { openPlanShop, type PlanShop, SIGN_PLANS } from '../../../testing/plans.ts'
import { onNotification } from '../on-notification.ts'
import { getSignPlan } from './get.ts'
import { querySignPlan } from './query.ts'

/** Nobody sweeps here: the notification is the only net. */
let box: Awaited<ReturnType<typeof openLetterBox>>
let shop: PlanShop
beforeAll(async () => {
  box = await openLetterBox()
  shop = await openPlanShop({ notifyBaseUrl: box.url })
}, 120_000)
afterAll(async () => {
  await shop?.close()
  await box?.close()
})
beforeEach(() => {
  box.letters.length = 0
})
afterEach(async () => {
  await shop.simulated.faults()
  await shop.simulated.call('PUT', '/switches', { cancelNoticeState: 'SIGN_PLAN_CANCEL' })
  shop.alarms.length = 0
})

type Buyer = Awaited<ReturnType<PlanShop['buyer']>>
type Signed = Extract<OpenedNotification, { kind: 'payscore.userSignPlan' }>
type Cancelled = Extract<OpenedNotification, { kind: 'payscore.userCancelSignPlan' }>

/** What arrives from now on, when it is there. */
async function letters(count = 1) {
  await expect.poll(() => box.letters.length).toBeGreaterThanOrEqual(count)
  return box.letters.splice(0)
}
const open = async <Kind extends Signed | Cancelled>(kind: Kind['kind']): Promise<Kind> => {
  const [letter] = await letters()
  if (!letter) throw new Error('no letter')
  const opened = await shop.ctx.wechat(shop.ctx.config.mchid).notifications.open(letter)
  if (opened.kind !== kind) throw new Error(`${opened.kind} came`)
  return opened as Kind
}
const stateOf = async (buyer: Buyer) => (await shop.row(buyer)).state
const tell = {
  signed: (notice: Signed, ctx: Ctx = shop.ctx) => onNotification['payscore.userSignPlan'](ctx, notice),
  cancelled: (notice: Cancelled, ctx: Ctx = shop.ctx) => onNotification['payscore.userCancelSignPlan'](ctx, notice),
}

describe('签约计划成功通知 alone', () => {
  test('makes it signed, with its times', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    expect(await shop.deliver(await letters())).toEqual(['processed'])
    const { overAt } = await shop.atWechat(buyer)
    const signPlan = await getSignPlan(buyer.shopper, buyer)
    expect(signPlan).toMatchObject({ status: 'signed', confirming: false, signedAt: expect.any(String) })
    expect(new Date(signPlan.overAt ?? '')).toEqual(new Date(overAt))
  })

  test('fifty times at once, and again later, it has its effect once', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const many = await letters()
    const results = await Promise.all(Array.from({ length: 50 }, () => shop.deliver(many)))
    expect(new Set(results.flat())).toEqual(new Set(['processed']))
    const row = await shop.row(buyer)
    await shop.deliver(many)
    expect(await shop.row(buyer)).toEqual(row)
    expect(shop.alarms).toEqual([])
  })

  test('before the answer of the creation: the shopper is told that it is signed', async () => {
    const shopper = shop.newShopper()
    await shop.simulated.faults({ match: { method: 'POST', path: SIGN_PLANS }, kind: 'reset-after-effect', count: 1 })
    await expect(shop.buyer(shop.plan, shopper)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    const [row] = await shop.rowsOf(shopper)
    if (!row) return expect.unreachable()
    await shop.sign(row)
    expect(await shop.deliver(await letters())).toEqual(['processed'])
    await expect(shop.buyer(shop.plan, shopper)).rejects.toMatchObject({ code: 'PLAN_ALREADY_SIGNED' })
  })

  test('that prints UNSIGNED, as some pages do, says the same', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const notice = await open<Signed>('payscore.userSignPlan')
    expect(await tell.signed({ ...notice, resource: { ...notice.resource, sign_state: 'UNSIGNED' } })).toBe('processed')
    expect(await stateOf(buyer)).toBe('signed')
  })
})

describe('a notice of signing that contradicts itself', () => {
  const odd = [
    ['a state of the end', { sign_state: 'SIGN_PLAN_CANCEL' }],
    ['a reason of the end', { cancel_sign_type: 'REVOKE_SERVICE' }],
    ['no time of signing', { sign_time: undefined }],
    ['no time of its end', { plan_over_time: undefined }],
  ] as const

  test.each(odd)('%s: WeChat Pay is asked, and has it signed', async (_, change) => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const notice = await open<Signed>('payscore.userSignPlan')
    expect(await tell.signed({ ...notice, resource: { ...notice.resource, ...change } })).toBe('processed')
    expect(await stateOf(buyer)).toBe('signed')
  })

  test.each(odd)('%s: WeChat Pay is asked, and has it unsigned: nothing changes', async (_, change) => {
    const [signer, buyer] = [await shop.buyer(), await shop.buyer()]
    await shop.sign(signer)
    const { resource, ...notice } = await open<Signed>('payscore.userSignPlan')
    const { merchant_sign_plan_no } = await shop.row(buyer)
    const claim = { ...notice, resource: { ...resource, ...change, merchant_sign_plan_no } }
    await expect(tell.signed(claim)).rejects.toThrow('not confirmed')
    expect(await stateOf(buyer)).toBe('unsigned')
  })

  test('and WeChat Pay cannot be asked: the inbox brings it again', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const notice = await open<Signed>('payscore.userSignPlan')
    await shop.simulated.faults({ match: { path: `${SIGN_PLANS}/*` }, kind: 'error-before-effect', count: 9 })
    const claim = { ...notice, resource: { ...notice.resource, sign_time: undefined } }
    await expect(tell.signed(claim)).rejects.toThrow('not confirmed')
    await shop.simulated.faults()
    expect(await tell.signed(claim)).toBe('processed')
    expect(await stateOf(buyer)).toBe('signed')
  })
})

describe('取消签约计划通知', () => {
  test.each(['SIGN_PLAN_CANCEL', 'UNSIGNED'])('that prints %s ends it: the shopper did', async (cancelNoticeState) => {
    await shop.simulated.call('PUT', '/switches', { cancelNoticeState })
    const buyer = await shop.signer()
    await letters()
    await shop.cancelInWechat(buyer)
    expect(await shop.deliver(await letters())).toEqual(['processed'])
    expect(await getSignPlan(buyer.shopper, buyer)).toMatchObject({ status: 'cancelled', cancelledBy: 'shopper' })
  })

  test('by revoking the service: every plan that was signed for it ends', async () => {
    const other = await shop.newPlan()
    const buyer = await shop.signer()
    const second = await shop.buyer(other, buyer.shopper)
    await shop.sign(second)
    await letters(2)
    await shop.revokeService(buyer.shopper)
    await shop.deliver(await letters(2))
    for (const one of [buyer, second]) {
      expect(await getSignPlan(buyer.shopper, one)).toMatchObject({ status: 'cancelled', cancelledBy: 'service' })
    }
  })

  test('before the notice of signing, which is late then: it stays cancelled', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const signed = await open<Signed>('payscore.userSignPlan')
    await shop.cancelInWechat(buyer)
    const cancelled = await open<Cancelled>('payscore.userCancelSignPlan')
    expect(await tell.cancelled(cancelled)).toBe('processed')
    const row = await shop.row(buyer)
    expect(await tell.signed(signed)).toBe('processed')
    expect(await shop.row(buyer)).toEqual(row)
    expect(row).toMatchObject({ state: 'cancelled', cancel_type: 'USER', signed_at: expect.any(Date) })
    expect(shop.alarms).toEqual([])
  })

  test('crossing the notice of signing, many times: it ends as cancelled', async () => {
    const buyers = await Promise.all(Array.from({ length: 10 }, () => shop.buyer()))
    for (const buyer of buyers) {
      await shop.sign(buyer)
      await shop.cancelInWechat(buyer)
    }
    const mixed = (await letters(20)).flatMap((letter) => [letter, letter]).reverse()
    await Promise.all(mixed.map((letter) => shop.deliver([letter])))
    for (const buyer of buyers) expect(await stateOf(buyer)).toBe('cancelled')
    expect(shop.alarms).toEqual([])
  })
})

describe('a notice that is not about what we agreed', () => {
  test.each([
    ['mchid', { mchid: '1900000999' }],
    ['appid', { appid: 'wx0000000000000009' }],
    ['openid', { openid: 'oSomebodyElse' }],
    ['serviceId', { serviceId: '500001' }],
  ])('another %s: it is dead, nothing changes, a person hears of it', async (_, set) => {
    const buyer = await shop.buyer()
    await shop.simulated.faults({ kind: 'mismatch-notification', count: 1, set })
    await shop.sign(buyer)
    const [dead, ...others] = await shop.deliver(await letters())
    expect([dead, others]).toEqual(['dead', []])
    expect(await stateOf(buyer)).toBe('unsigned')
    expect(shop.alarms).toHaveLength(1)
    expect(await querySignPlan(shop.ctx, await shop.row(buyer))).toBe('signed')
  })

  test('of nobody we know', async () => {
    const buyer = await shop.buyer()
    await shop.sign(buyer)
    const notice = await open<Signed>('payscore.userSignPlan')
    for (const change of [{}, { sign_state: 'COMPLETE' }]) {
      const resource = { ...notice.resource, ...change, merchant_sign_plan_no: 'nobody' }
      expect(await tell.signed({ ...notice, resource })).toBe('dead')
    }
    expect(shop.alarmsOf('unknown_sign_plan')).toHaveLength(2)
  })
})

describe('notices of the service', () => {
  const authorisation = (openid: string, kind: 'payscore.userOpenService' | 'payscore.userCloseService') => ({
    kind,
    id: 'x',
    eventType: kind === 'payscore.userOpenService' ? 'PAYSCORE.USER_OPEN_SERVICE' : 'PAYSCORE.USER_CLOSE_SERVICE',
    createTime: '2026-11-21T18:00:00+08:00',
    resource: {
      ...{ appid: shop.ctx.config.appid, mchid: shop.ctx.config.mchid, service_id: shop.simulated.serviceId, openid },
      ...{ user_service_status: 'x', openorclose_time: '20261121180000' },
    },
  })

  test('解除授权: all that this shopper signed is asked about at once, nothing of others', async () => {
    const [buyer, other] = [await shop.signer(), await shop.signer()]
    await shop.revokeService(buyer.shopper)
    await letters()
    const notice = authorisation(buyer.shopper.actor.openid, 'payscore.userCloseService') as Extract<
      OpenedNotification,
      { kind: 'payscore.userCloseService' }
    >
    expect(await onNotification['payscore.userCloseService'](shop.ctx, notice)).toBe('processed')
    const before = await shop.row(other)
    await shop.sweep()
    expect(await shop.row(buyer)).toMatchObject({ state: 'cancelled', cancel_type: 'REVOKE_SERVICE' })
    expect(await shop.row(other)).toEqual(before)
  })

  test('授权: nothing follows', async () => {
    const buyer = await shop.signer()
    const notice = authorisation(buyer.shopper.actor.openid, 'payscore.userOpenService') as Extract<
      OpenedNotification,
      { kind: 'payscore.userOpenService' }
    >
    expect(await onNotification['payscore.userOpenService'](shop.ctx, notice)).toBe('processed')
    expect(await stateOf(buyer)).toBe('signed')
  })
})
