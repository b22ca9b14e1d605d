import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { newMerchant } from '../../testing/context.ts'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { sendAbnormalRefund } from './abnormal-refund.ts'
import { approveRefund } from './approve.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())
afterEach(() => sales.simulated.faults())

const CARD = '6225880137706868'
const NAME = '欧阳测试甲'
const card = { type: 'USER_BANK_CARD', bankType: 'CMB_DEBIT', bankAccount: CARD, realName: NAME } as const
const APPLY = { match: { method: 'POST', path: `${CREATE}/*` } }

async function abnormal(approvalAboveFen = 100_000) {
  const charge = await sales.paid()
  const by = { ...sales.lin, config: { ...sales.lin.config, refundApprovalAboveFen: approvalAboveFen } }
  const { id, state } = await sales.giveBack(charge, 300, { by })
  if (state === 'proposed') await approveRefund(await newMerchant(sales.ctx), { id })
  await sales.finish(await sales.refund(id), 'ABNORMAL')
  await sales.advance(60)
  await sales.sweep()
  expect(await sales.refund(id)).toMatchObject({ state: 'abnormal' })
  return { charge, id }
}

describe('an abnormal refund', () => {
  test.each([card, { type: 'MERCHANT_BANK_CARD' } as const])('goes to a card: $type', async (to) => {
    const { charge, id } = await abnormal()
    expect(await sendAbnormalRefund(sales.lin, { id, ...to })).toMatchObject({ state: 'processing' })
    await sales.advance(600)
    await sales.sweep()
    expect(await sales.refund(id)).toMatchObject({ state: 'succeeded' })
    expect(await sales.returnedFen(charge)).toBe(300)
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })

  test('that needed a second person is not sent to a card by the first alone', async () => {
    const { id } = await abnormal(0)
    await expect(sendAbnormalRefund(sales.lin, { id, ...card })).rejects.toMatchObject({ code: 'SAME_PERSON' })
    const other = await newMerchant(sales.ctx)
    expect(await sendAbnormalRefund(other, { id, ...card })).toMatchObject({ state: 'processing' })
  })

  test('sent by ten at once is sent once', async () => {
    const { charge, id } = await abnormal()
    const all = Array.from({ length: 10 }, () => sendAbnormalRefund(sales.lin, { id, ...card }))
    const results = await Promise.allSettled(all)
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const sent = (await sales.simulated.requests(charge.out_trade_no)).filter(({ path }) => path.includes('apply-'))
    expect(sent).toHaveLength(1)
  })

  test('with an answer that is lost: the shop is told to check, and a second attempt sends nothing', async () => {
    const { id } = await abnormal()
    await sales.simulated.faults({ ...APPLY, kind: 'reset-after-effect' })
    await expect(sendAbnormalRefund(sales.lin, { id, ...card })).rejects.toMatchObject({
      code: 'WECHATPAY_UNAVAILABLE',
    })
    await expect(sendAbnormalRefund(sales.lin, { id, ...card })).rejects.toMatchObject({ code: 'REFUND_NOT_ABNORMAL' })
    expect(await sales.refund(id)).toMatchObject({ state: 'processing' })
  })

  test('whose sender took too long is sent by the next one, and by him no more', async () => {
    const { charge, id } = await abnormal()
    const [hold] = await sales.simulated.faults({
      match: { method: 'GET', path: `${CREATE}/*` },
      kind: 'hold-response',
    })
    const fired = async () =>
      (await sales.simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')).faults[0]?.fired
    const slow = sendAbnormalRefund(sales.lin, { id, ...card }).catch((error: unknown) => error)
    await expect.poll(fired).toBe(1)
    await sales.advance(31)
    expect(await sendAbnormalRefund(sales.lin, { id, ...card })).toMatchObject({ state: 'processing' })
    await sales.simulated.call('POST', `/faults/${hold?.id}/release`)
    expect(await slow).toMatchObject({ code: 'REFUND_NOT_ABNORMAL' })
    const sent = (await sales.simulated.requests(charge.out_trade_no)).filter(({ path }) => path.includes('apply-'))
    expect(sent).toHaveLength(1)
  })

  test('that WeChat Pay refuses says why, and can be sent again', async () => {
    const { id } = await abnormal()
    const unknownBank = { ...card, bankType: 'NO_BANK' }
    await expect(sendAbnormalRefund(sales.lin, { id, ...unknownBank })).rejects.toMatchObject({
      code: 'WECHATPAY_REFUSED',
      message: expect.stringContaining('PARAM_ERROR'),
      field: 'bankType',
    })
    expect(sales.logs.findLast(({ msg }) => msg === 'a refund was not sent to a card')).toMatchObject({
      apiCode: 'PARAM_ERROR',
      outRefundNo: (await sales.refund(id)).out_refund_no,
    })
    expect(await sendAbnormalRefund(sales.lin, { id, ...card })).toMatchObject({ state: 'processing' })
  })

  test('that WeChat Pay refuses with a code of which nothing was declared says so too', async () => {
    const { id } = await abnormal()
    await sales.simulated.faults({ ...APPLY, kind: 'error-before-effect', status: 403, code: 'TRADE_OVERDUE' })
    await expect(sendAbnormalRefund(sales.lin, { id, ...card })).rejects.toMatchObject({
      code: 'WECHATPAY_REFUSED',
      message: expect.stringContaining('TRADE_OVERDUE'),
    })
  })
})

test('what is not abnormal, or was mended meanwhile, is not sent anywhere', async () => {
  const { id } = await sales.giveBack(await sales.paid(), 300)
  await expect(sendAbnormalRefund(sales.lin, { id, ...card })).rejects.toMatchObject({ code: 'REFUND_NOT_ABNORMAL' })
  const mended = await abnormal()
  await sales.finish(await sales.refund(mended.id), 'SUCCESS')
  await expect(sendAbnormalRefund(sales.lin, { id: mended.id, ...card })).rejects.toMatchObject({
    code: 'REFUND_NOT_ABNORMAL',
  })
  expect(await sales.refund(mended.id)).toMatchObject({ state: 'succeeded' })
})

test('card and name are in no row and no line of the log, and reach WeChat Pay encrypted only', async () => {
  const { id, charge } = await abnormal()
  await sales.simulated.faults({ ...APPLY, kind: 'error-before-effect', status: 403, code: 'NO_AUTH' })
  await sendAbnormalRefund(sales.lin, { id, ...card }).catch(() => undefined)
  await sales.simulated.faults()
  await sendAbnormalRefund(sales.lin, { id, ...card })
  const sent = (await sales.simulated.requests(charge.out_trade_no)).filter(({ path }) => path.includes('apply-'))
  expect(sent).toHaveLength(2)
  const texts = [JSON.stringify(sent), JSON.stringify(sales.logs), JSON.stringify(sales.alarms), await dump()]
  for (const text of texts) {
    expect(text.length).toBeGreaterThan(200)
    expect(text).not.toContain(CARD)
    expect(text).not.toContain(NAME)
  }
})

/** Every row of every table. */
async function dump(): Promise<string> {
  const { db } = sales.ctx
  const tables = (await db.introspection.getTables()).filter(({ schema }) => schema === 'public')
  expect(tables.map(({ name }) => name)).toContain('refund')
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db
        .selectFrom(name as 'refund')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}
