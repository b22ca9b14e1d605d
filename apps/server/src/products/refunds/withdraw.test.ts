import { endpoints } from '@shouyin/wechatpay-core/refunds'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { checkRefund } from './check.ts'
import { queryRefund } from './query.ts'
import { submitRefund } from './submit.ts'
import { withdrawRefund } from './withdraw.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())
afterEach(() => sales.simulated.faults())

const POST = { match: { method: 'POST', path: CREATE } }

async function waiting(fault: object = { kind: 'error-before-effect', status: 403, code: 'USER_ACCOUNT_ABNORMAL' }) {
  const charge = await sales.paid()
  await sales.simulated.faults({ ...POST, ...fault })
  const { id } = await sales.giveBack(charge, 300)
  await sales.simulated.faults()
  return { charge, id }
}

describe('a refund that WeChat Pay does not take', () => {
  test('can be given up: its sum is free, and it is never sent again', async () => {
    const { charge, id } = await waiting()
    expect(await withdrawRefund(sales.lin, { id })).toMatchObject({ state: 'withdrawn' })
    expect(await sales.latest(charge.subject_id)).toMatchObject({ refund_reserved_fen: 0, refund_count: 0 })
    expect(await submitRefund(sales.ctx, id)).toBe('nothing to do')
    await sales.advance(7200)
    await sales.sweep()
    expect(await sales.atWechat(charge)).toEqual([])
    const audit = await sales.ctx.db.selectFrom('audit_entry').selectAll().where('subject', '=', id).execute()
    expect(audit.at(-1)).toMatchObject({
      action: 'refund.withdraw',
      detail: { problem: 'USER_ACCOUNT_ABNORMAL' },
    })
  })

  test('twice is once', async () => {
    const { id } = await waiting()
    await withdrawRefund(sales.lin, { id })
    await expect(withdrawRefund(sales.lin, { id })).rejects.toMatchObject({ code: 'REFUND_UNDER_WAY' })
  })
})

describe('is not given up', () => {
  test('what WeChat Pay has after all: its answer counts', async () => {
    const { charge, id } = await waiting({ kind: 'reset-after-effect' })
    await expect(withdrawRefund(sales.lin, { id })).rejects.toMatchObject({ code: 'REFUND_UNDER_WAY' })
    expect(await sales.refund(id)).toMatchObject({ state: 'processing', sending_until: null })
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(300)
  })

  test('what WeChat Pay cannot be asked about', async () => {
    const { id } = await waiting()
    await sales.simulated.faults({ match: { path: `${CREATE}/*` }, kind: 'reset-before-effect', count: 9 })
    await expect(withdrawRefund(sales.lin, { id })).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await sales.refund(id)).toMatchObject({ state: 'waiting', sending_until: null })
  })

  test('what somebody is sending at this moment', async () => {
    const { charge, id } = await waiting()
    const [hold] = await sales.simulated.faults({ ...POST, kind: 'hold-response' })
    const sending = submitRefund(sales.ctx, id)
    await expect.poll(async () => (await sales.atWechat(charge)).length).toBe(1)
    await expect(withdrawRefund(sales.lin, { id })).rejects.toMatchObject({ code: 'REFUND_UNDER_WAY' })
    await sales.simulated.call('POST', `/faults/${hold?.id}/release`)
    expect(await sending).toBe('accepted')
  })
})

test('given up while WeChat Pay was still thinking, and then it accepts: it goes on, and a person hears of it', async () => {
  const { charge, id } = await waiting({ kind: 'reset-before-effect' })
  const { request } = await sales.refund(id)
  await withdrawRefund(sales.lin, { id })
  await sales.ctx.wechat(charge.mchid).call(endpoints.create, { body: JSON.parse(request ?? '') })
  expect(await queryRefund(sales.ctx, await sales.refund(id))).toBe('applied')
  expect(await sales.refund(id)).toMatchObject({ state: 'processing' })
  expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(300)
  const alarms = sales.alarmsOf('withdrawn_refund').map(({ detail }) => detail.outRefundNo)
  expect(alarms).toEqual([(await sales.refund(id)).out_refund_no])
})

test('given up, and the shop asks all the same: what WeChat Pay has, counts', async () => {
  const { charge, id } = await waiting({ kind: 'reset-before-effect' })
  const { request } = await sales.refund(id)
  expect(await withdrawRefund(sales.lin, { id })).toMatchObject({ state: 'withdrawn' })
  await sales.ctx.wechat(charge.mchid).call(endpoints.create, { body: JSON.parse(request ?? '') })
  expect(await checkRefund(sales.lin, { id })).toMatchObject({ state: 'processing' })
})
