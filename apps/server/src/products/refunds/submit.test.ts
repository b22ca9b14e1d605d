import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lockCharge } from '../../ledger/repository.ts'
import { reserveRefund } from '../../ledger/reserve-refund.ts'
import type { Charge, Refund } from '../../ledger/table.ts'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { catchUp } from './catch-up.ts'
import { submitRefund } from './submit.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())
afterEach(async () => {
  await sales.simulated.faults()
  // What one test left waiting must not be found by the next.
  await sales.ctx.db
    .updateTable('refund')
    .set({ next_query_at: new Date('2100-01-01') })
    .where('next_query_at', 'is not', null)
    .execute()
})

/** Reserved and committed, and nobody has sent it yet. */
async function waiting(amountFen = 300): Promise<{ charge: Charge; refund: Refund }> {
  const charge = await sales.paid()
  const wanted = { amountFen, cause: 'merchant', reason: '顾客改期', requestedBy: 'Lin', state: 'waiting' } as const
  const reserved = await inTransaction(sales.ctx.db, async (tx) =>
    reserveRefund(tx, { ...wanted, charge: await lockCharge(tx, charge.id) }, sales.ctx.clock.now()),
  )
  if (reserved.kind !== 'reserved') throw new Error(reserved.kind)
  return { charge, refund: reserved.refund }
}

const sent = async ({ out_trade_no }: Charge) =>
  (await sales.simulated.requests(out_trade_no)).filter(({ method, path }) => method === 'POST' && path === CREATE)

/** A process that is killed when WeChat Pay has answered: nothing follows any more. */
const dying = (): Ctx => ({
  ...sales.ctx,
  wechat: (mchid) => {
    const client = sales.ctx.wechat(mchid)
    const never = () => new Promise<never>(() => undefined)
    return { ...client, call: (endpoint, request) => client.call(endpoint, request).then(never) }
  },
})

describe('a refund that waits', () => {
  test('is sent with its number, sums, reason, and where to notify', async () => {
    const { charge, refund } = await waiting()
    expect(await submitRefund(sales.ctx, refund.id)).toBe('accepted')
    const [request = expect.unreachable()] = await sent(charge)
    expect(JSON.parse(request.requestBody)).toEqual({
      transaction_id: charge.transaction_id,
      out_refund_no: refund.out_refund_no,
      reason: '顾客改期',
      notify_url: `http://127.0.0.1:9/wechatpay/notifications/${charge.mchid}/refunds`,
      amount: { refund: 300, total: charge.amount_fen, currency: 'CNY' },
    })
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', sending_until: null })
  })

  test('twenty at once send it once', async () => {
    const { charge, refund } = await waiting()
    const results = await Promise.all(Array.from({ length: 20 }, () => submitRefund(sales.ctx, refund.id)))
    expect(results.filter((result) => result === 'accepted')).toHaveLength(1)
    expect(await sent(charge)).toHaveLength(1)
  })

  test('is committed with its request before WeChat Pay hears of it', async () => {
    const { charge, refund } = await waiting()
    const [hold] = await sales.simulated.faults({ match: { path: CREATE }, kind: 'hold-response' })
    const submitting = submitRefund(sales.ctx, refund.id)
    await expect.poll(async () => (await sales.atWechat(charge)).length).toBe(1)
    const meanwhile = await sales.refund(refund.id)
    expect(meanwhile).toMatchObject({ state: 'waiting', refund_id: null })
    expect(meanwhile.request).not.toBeNull()
    expect(meanwhile.sending_until?.getTime()).toBeGreaterThan(sales.ctx.clock.now().getTime())
    await sales.simulated.call('POST', `/faults/${hold?.id}/release`)
    expect(await submitting).toBe('accepted')
  })

  test('with the process killed between the call and its record: one refund at WeChat Pay, the same bytes', async () => {
    const { charge, refund } = await waiting()
    void submitRefund(dying(), refund.id)
    await expect.poll(async () => (await sales.atWechat(charge)).length).toBe(1)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', refund_id: null })

    expect(await submitRefund(sales.ctx, refund.id)).toBe('nothing to do')
    await sales.advance(31)
    const moved = { ...sales.ctx, config: { ...sales.ctx.config, notifyBaseUrl: new URL('http://127.0.0.1:10') } }
    expect(await submitRefund(moved, refund.id)).toBe('accepted')
    expect(await sales.atWechat(charge)).toHaveLength(1)
    const bodies = (await sent(charge)).map((request) => request.requestBody)
    expect(bodies).toHaveLength(2)
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('an unknown outcome', () => {
  test.each([
    { kind: 'error-after-effect' },
    { kind: 'reset-after-effect' },
    { kind: 'unsigned-response' },
    { kind: 'tamper-response' },
    { kind: 'wrong-serial', on: 'response' },
  ])('$kind: stays waiting, is asked for, and is one refund', async (fault) => {
    const { charge, refund } = await waiting()
    await sales.simulated.faults({ match: { path: CREATE }, ...fault })
    expect(await submitRefund(sales.ctx, refund.id)).toBe('unknown')
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', problem: null })
    await sales.simulated.faults()
    await catchUp(sales.ctx)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing' })
    expect(await sent(charge)).toHaveLength(1)
  })

  test('that had no effect is sent again, with the same bytes', async () => {
    const { charge, refund } = await waiting()
    await sales.simulated.faults({ match: { path: CREATE }, kind: 'reset-before-effect' })
    expect(await submitRefund(sales.ctx, refund.id)).toBe('unknown')
    await catchUp(sales.ctx)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing' })
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })

  test('429 means asking first: nothing is sent while the question has no answer', async () => {
    const { charge, refund } = await waiting()
    await sales.simulated.faults(
      { match: { method: 'POST', path: CREATE }, kind: 'rate-limit' },
      { match: { method: 'GET', path: `${CREATE}/*` }, kind: 'rate-limit', count: 9 },
    )
    expect(await submitRefund(sales.ctx, refund.id)).toBe('unknown')
    await catchUp(sales.ctx)
    expect(await sent(charge)).toHaveLength(1)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', problem: null })
  })
})

describe('what WeChat Pay refuses', () => {
  const refuse = (status: number, code: string, count = 1) =>
    sales.simulated.faults({
      match: { method: 'POST', path: CREATE },
      kind: 'error-before-effect',
      status,
      code,
      count,
    })

  test.each([
    [403, 'USER_ACCOUNT_ABNORMAL'],
    [403, 'NO_AUTH'],
    [400, 'INVALID_REQUEST'],
    [404, 'RESOURCE_NOT_EXISTS'],
  ])('%i %s: stays waiting with the problem, one alarm, again in an hour', async (status, code) => {
    const { charge, refund } = await waiting()
    await refuse(status, code, 2)
    expect(await submitRefund(sales.ctx, refund.id)).toBe('refused')
    expect(await submitRefund(sales.ctx, refund.id)).toBe('refused')
    const after = await sales.refund(refund.id)
    expect(after).toMatchObject({ state: 'waiting', problem: code })
    const waitMs = Number(after.next_query_at?.getTime()) - sales.ctx.clock.now().getTime()
    expect(Math.round(waitMs / 60_000)).toBe(60)
    const alarms = sales.alarmsOf('refund_refused').filter(({ detail }) => detail.outRefundNo === refund.out_refund_no)
    expect(alarms).toMatchObject([{ detail: { problem: code, remedy: expect.any(String) } }])
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(300)
  })

  // Named by a FAQ, without their HTTP status: nothing is proved, and yet somebody has to hear of it.
  test.each([
    [400, 'TRADE_OVERDUE'],
    [403, 'REFUND_FEE_MISMATCH'],
  ])(
    'with the undeclared %i %s: proves nothing, and is the problem and one alarm all the same',
    async (status, code) => {
      const { charge, refund } = await waiting()
      await refuse(status, code)
      expect(await submitRefund(sales.ctx, refund.id)).toBe('unknown')
      expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', problem: code })
      const alarms = sales
        .alarmsOf('refund_refused')
        .filter(({ detail }) => detail.outRefundNo === refund.out_refund_no)
      expect(alarms).toMatchObject([{ detail: { problem: code } }])
      await sales.advance(3600)
      await catchUp(sales.ctx)
      expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: null })
      expect(await sales.atWechat(charge)).toHaveLength(1)
    },
  )

  test('a balance that is too low: tried again within the hour, and it goes when there is money', async () => {
    const { refund } = await waiting()
    const { accounts } = await sales.simulated.call<{ accounts: { balanceFen: number }[] }>('GET', '/funds')
    const balanceFen = accounts[0]?.balanceFen ?? 0
    await sales.simulated.call('POST', '/funds', { amountFen: -balanceFen })
    for (const minutes of [1, 2, 4]) {
      await sales.advance(minutes * 60)
      await catchUp(sales.ctx)
      expect(await sales.refund(refund.id)).toMatchObject({ state: 'waiting', problem: 'NOT_ENOUGH' })
    }
    expect(sales.alarmsOf('refund_refused').filter(({ detail }) => detail.problem === 'NOT_ENOUGH')).toHaveLength(1)
    await sales.simulated.call('POST', '/funds', { amountFen: balanceFen })
    await sales.advance(3600)
    await catchUp(sales.ctx)
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: null })
  })
})
