import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { newMerchant } from '../../testing/context.ts'
import { openSales, type Sales } from '../../testing/refunds.ts'
import { approveRefund } from './approve.ts'
import { declineRefund } from './decline.ts'

let sales: Sales
let lin: MerchantCtx & RequestInfo
let wang: MerchantCtx & RequestInfo
beforeAll(async () => {
  sales = await openSales()
  lin = { ...sales.lin, config: { ...sales.lin.config, refundApprovalAboveFen: 1000 } }
  wang = await newMerchant(sales.ctx, { person: 'Wang' })
}, 120_000)
afterAll(() => sales?.close())

const proposed = async () => {
  const charge = await sales.paid()
  return { charge, ...(await sales.giveBack(charge, 5000, { by: lin })) }
}
const actionsOf = async (subject: string) =>
  (
    await sales.ctx.db
      .selectFrom('audit_entry')
      .select(['action', 'person'])
      .where('subject', '=', subject)
      .orderBy('id')
      .execute()
  ).map(({ action, person }) => `${person}: ${action}`)

describe('a proposed refund', () => {
  test('goes when another person approves it', async () => {
    const { id, charge } = await proposed()
    expect(await approveRefund(wang, { id })).toMatchObject({
      state: 'processing',
      requestedBy: 'Lin',
      approvedBy: 'Wang',
    })
    expect(await sales.atWechat(charge)).toHaveLength(1)
    expect(await actionsOf(id)).toEqual(['Lin: refund.create', 'Wang: refund.approve'])
  })

  test('is not approved by who proposed it, not with another key either', async () => {
    const { id, charge } = await proposed()
    const again = await newMerchant(sales.ctx, { person: 'Lin' })
    expect(again.merchant.keyId).not.toBe(lin.merchant.keyId)
    for (const who of [lin, again]) {
      await expect(approveRefund(who, { id })).rejects.toMatchObject({ code: 'SAME_PERSON' })
    }
    expect(await sales.refund(id)).toMatchObject({ state: 'proposed', approved_by: null })
    expect(await sales.atWechat(charge)).toEqual([])
    expect(await actionsOf(id)).toEqual(['Lin: refund.create'])
  })

  test('approved by ten at once goes once', async () => {
    const { id, charge } = await proposed()
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => approveRefund(wang, { id })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })

  test('declined is over: its sum is free, and nobody approves it any more', async () => {
    const { id, charge } = await proposed()
    expect(await declineRefund(wang, { id })).toMatchObject({ state: 'declined', approvedBy: null })
    expect((await sales.latest(charge.subject_id)).refund_reserved_fen).toBe(0)
    await expect(approveRefund(wang, { id })).rejects.toMatchObject({ code: 'REFUND_NOT_PROPOSED' })
    await expect(declineRefund(wang, { id })).rejects.toMatchObject({ code: 'REFUND_NOT_PROPOSED' })
    expect(await actionsOf(id)).toEqual(['Lin: refund.create', 'Wang: refund.decline'])
    expect(await sales.giveBack(charge, charge.amount_fen, { by: lin })).toMatchObject({ state: 'proposed' })
  })

  test('approved and declined at once is one of the two', async () => {
    const { id, charge } = await proposed()
    const results = await Promise.allSettled([approveRefund(wang, { id }), declineRefund(wang, { id })])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await sales.sweep()
    const { state } = await sales.refund(id)
    expect(await sales.atWechat(charge)).toHaveLength(state === 'declined' ? 0 : 1)
  })
})

test('a refund that needs nobody cannot be approved; one that is not there, not found', async () => {
  const { id } = await sales.giveBack(await sales.paid(), 100)
  await expect(approveRefund(wang, { id })).rejects.toMatchObject({ code: 'REFUND_NOT_PROPOSED' })
  await expect(approveRefund(wang, { id: 'R-none' })).rejects.toMatchObject({ code: 'REFUND_NOT_FOUND', field: 'id' })
})
