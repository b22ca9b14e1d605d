import { nodeTransport, type TransportAnswer } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { latestCharges } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { getOrder } from '../../shop/orders/get.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { catchUp } from './catch-up.ts'
import { queryCharge } from './query.ts'
import { findPrepay } from './repository.ts'
import { startPayment } from './start-payment.ts'

/** A carrier that somebody sits in: it can keep a signed answer and give it to another question. */
const wire = nodeTransport()
let kept: TransportAnswer | undefined
let replay = false
const transport = {
  async send(request: Parameters<typeof wire.send>[0]) {
    if (replay && kept && request.method === 'GET') return kept
    const answer = await wire.send(request)
    if (request.method === 'GET') kept = answer
    return answer
  },
  close: () => wire.close?.(),
}

let world: World
beforeAll(async () => {
  world = await startWorld({ transport })
}, 120_000)
afterAll(() => world?.close())
afterEach(async () => {
  replay = false
  await world.simulated.faults()
})

async function tapped() {
  const shopper = world.newShopper()
  const { id } = await world.placeOrder(shopper)
  await startPayment(shopper, { id })
  const [charge] = await latestCharges(world.ctx.db, 'order', [id])
  const view = () => getOrder(shopper, { id })
  return { charge: charge ?? expect.unreachable(), view }
}
const pay = ({ out_trade_no }: Charge) => world.simulated.pay(out_trade_no)
const QUERY = { match: { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' } }

describe('an answer', () => {
  test('about another order settles nothing, though WeChat Pay signed it', async () => {
    const [paid, unpaid] = [await tapped(), await tapped()]
    await pay(paid.charge)
    expect(await queryCharge(world.ctx, paid.charge)).toBe('paid')
    replay = true
    expect(await queryCharge(world.ctx, unpaid.charge)).toBe('unknown')
    expect(await unpaid.view()).toMatchObject({ status: 'pending', confirming: true })
    expect(world.alarms.at(-1)).toMatchObject({ kind: 'answer_to_another_question' })
  })

  test('of the past, NOTPAY after the success, is refused and logged', async () => {
    const { charge, view } = await tapped()
    const [hold] = await world.simulated.faults({ ...QUERY, kind: 'hold-response' })
    const late = queryCharge(world.ctx, charge)
    await expect
      .poll(
        async () => (await world.simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')).faults[0]?.fired,
      )
      .toBe(1)
    await pay(charge)
    expect(await queryCharge(world.ctx, charge)).toBe('paid')
    await world.simulated.call('POST', `/faults/${hold?.id}/release`)
    expect(await late).toBe('unpaid')
    expect(await view()).toMatchObject({ status: 'paid' })
    expect(world.logs).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'late NOTPAY refused', outTradeNo: charge.out_trade_no }),
    )
  })

  test.each([
    { kind: 'unsigned-response' },
    { kind: 'tamper-response' },
    { kind: 'probe-response' },
    { kind: 'wrong-serial', on: 'response' },
    { kind: 'error-before-effect', status: 404, code: 'ORDER_NOT_EXIST' },
    { kind: 'rate-limit' },
  ])('that WeChat Pay did not sign settles and closes nothing: $kind', async (fault) => {
    const { charge, view } = await tapped()
    await pay(charge)
    await world.simulated.faults({ ...QUERY, ...fault, count: 9 })
    expect(await queryCharge(world.ctx, charge)).not.toMatch(/^(paid|closed)$/)
    expect(await view()).toMatchObject({ status: 'pending' })
    await world.simulated.faults()
    expect(await queryCharge(world.ctx, charge)).toBe('paid')
  })
})

test('a signed payment of another sum settles nothing, is kept for a person and shown as confirming', async () => {
  const shopper = world.newShopper()
  const { id } = await world.placeOrder(shopper)
  await world.simulated.faults({ match: { path: '/v3/pay/transactions/jsapi' }, kind: 'error-before-effect' })
  await expect(startPayment(shopper, { id })).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
  const [charge = expect.unreachable()] = await latestCharges(world.ctx.db, 'order', [id])
  const { body } = await findPrepay(world.ctx.db, charge.id)
  const another = { ...JSON.parse(body), amount: { total: charge.amount_fen - 1, currency: 'CNY' } }
  await world.ctx.wechat(charge.mchid).call(endpoints.createJsapi, { body: another })
  await pay(charge)
  expect(await queryCharge(world.ctx, charge)).toBe('unknown')
  expect(await getOrder(shopper, { id })).toMatchObject({ status: 'pending', confirming: true })
  expect(world.alarms.at(-1)).toMatchObject({ kind: 'evidence_mismatch', detail: { fields: ['amountFen'] } })
})

test('an unanswered charge is asked about ever more rarely, and never given up', async () => {
  const { charge } = await tapped()
  await world.simulated.faults({ match: { outTradeNo: charge.out_trade_no }, kind: 'reset-before-effect', count: 1000 })
  const waits: number[] = []
  for (let i = 0; i < 4; i++) {
    const { next_query_at: due } = await world.ctx.db
      .selectFrom('charge')
      .select('next_query_at')
      .where('id', '=', charge.id)
      .executeTakeFirstOrThrow()
    const waitMs = (due?.getTime() ?? Number.NaN) - world.ctx.clock.now().getTime()
    waits.push(Math.round(waitMs / 10_000) * 10)
    await world.advance(Math.ceil(waitMs / 1000))
    await catchUp(world.ctx)
  }
  expect(waits).toEqual([10, 10, 20, 40])
}, 30_000)
