import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '../../kernel/db.ts'
import type { Charge } from '../../ledger/table.ts'
import { openSales, type Sales } from '../../testing/refunds.ts'
import { createUse } from './create.ts'
import { listUses } from './list.ts'
import { undoUse } from './undo.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())

const asking = () => ({ ...sales.lin, idempotencyKey: randomUUID() })
const use = ({ subject_id: id }: Pick<Charge, 'subject_id'>, quantity = 1, goodsId = 'swim-pass') =>
  createUse(asking(), { id, goodsId, quantity })
const undo = ({ id }: { id: string }) => undoUse(asking(), { id })
const usesOf = async ({ subject_id: id }: Charge) => (await listUses(sales.lin, { id })).uses
const audited = (orderId: string) =>
  sales.ctx.db
    .selectFrom('audit_entry')
    .select(['action', 'person', 'detail'])
    .where('subject', '=', orderId)
    .where('action', 'like', 'use.%')
    .orderBy('id')
    .execute()

describe('what was bought is used', () => {
  test('no oftener than it was bought, whoever enters it at once', async () => {
    const charge = await sales.paid()
    const { db, ...rest } = sales.lin
    const other = { ...rest, db: createDb(sales.databaseUrl) }
    const by = [{ ...rest, db }, other, { ...rest, db }, other]
    const results = await Promise.allSettled(
      by.map((ctx) =>
        createUse(
          { ...ctx, idempotencyKey: randomUUID() },
          { id: charge.subject_id, goodsId: 'swim-pass', quantity: 1 },
        ),
      ),
    )
    await other.db.destroy()
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))).toEqual([
      ...['NOTHING_TO_USE', 'NOTHING_TO_USE', 'NOTHING_TO_USE'],
    ])
    expect(await usesOf(charge)).toMatchObject([{ goodsId: 'swim-pass', quantity: 1, usedBy: 'Lin', undoneAt: null }])
  })

  test('once per Idempotency-Key; who did it is kept', async () => {
    const charge = await sales.paid()
    const same = asking()
    const input = { id: charge.out_trade_no, goodsId: 'swim-pass', quantity: 1 }
    const first = await createUse(same, input)
    await expect(createUse(same, input)).resolves.toEqual(first)
    await expect(createUse(same, { ...input, goodsId: 'towel' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
    expect(await audited(charge.subject_id)).toEqual([
      { action: 'use.create', person: 'Lin', detail: { useId: first.id, goodsId: 'swim-pass', quantity: 1 } },
    ])
  })

  test('and not used after all: it may be used again; undoing may be repeated', async () => {
    const charge = await sales.paid()
    const used = await use(charge)
    const undone = await undo(used)
    expect(undone).toMatchObject({ id: used.id, undoneAt: expect.any(String) })
    await expect(undo(used)).resolves.toEqual(undone)
    await use(charge)
    expect(await usesOf(charge)).toMatchObject([{ id: used.id }, { undoneAt: null }])
    expect((await audited(charge.subject_id)).map(({ action }) => action)).toEqual([
      ...['use.create', 'use.undo', 'use.create'],
    ])
  })

  test('tells whoever counts it, in the same transaction, and only when something changed', async () => {
    const charge = await sales.paid()
    const told: string[] = []
    const { order } = sales.ctx.effects
    const effects = {
      ...sales.ctx.effects,
      order: {
        ...order,
        changed: async (_: unknown, change: { subjectId: string }) => void told.push(change.subjectId),
      },
    }
    const input = { id: charge.subject_id, goodsId: 'swim-pass', quantity: 1 }
    const used = await createUse({ ...asking(), effects }, input)
    await undoUse({ ...asking(), effects }, used)
    await undoUse({ ...asking(), effects }, used)
    expect(told).toEqual([charge.subject_id, charge.subject_id])
    const failing = { ...effects, order: { ...order, changed: () => Promise.reject(new Error('cannot count')) } }
    await expect(createUse({ ...asking(), effects: failing }, input)).rejects.toThrow('cannot count')
    expect(await usesOf(charge)).toHaveLength(1)
  })
})

describe('nothing is used', () => {
  test('of an order that is not paid, or of none', async () => {
    await expect(use(await sales.tapped())).rejects.toMatchObject({ code: 'ORDER_NOT_PAID' })
    await expect(use({ subject_id: randomUUID() })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    await expect(undo({ id: randomUUID() })).rejects.toMatchObject({ code: 'USE_NOT_FOUND' })
    await expect(undo({ id: 'x' })).rejects.toMatchObject({ code: 'USE_NOT_FOUND' })
  })

  test('that is not in it, or more than is', async () => {
    const charge = await sales.paid()
    await expect(use(charge, 1, 'towel')).rejects.toMatchObject({ code: 'NOTHING_TO_USE', field: 'goodsId' })
    await expect(use(charge, 2)).rejects.toMatchObject({ code: 'NOTHING_TO_USE', field: 'quantity' })
  })

  test('whose money goes back, unless some of it stays', async () => {
    const [wholly, partly] = [await sales.paid(), await sales.paid()]
    await sales.giveBack(wholly)
    await sales.giveBack(partly, 1)
    await expect(use(wholly)).rejects.toMatchObject({ code: 'NOTHING_TO_USE' })
    await expect(use(partly)).resolves.toMatchObject({ quantity: 1 })
  })

  test('behind the back of the database', async () => {
    const charge = await sales.paid()
    const row = { id: randomUUID(), order_id: charge.subject_id, goods_id: 'swim-pass', quantity: 2 }
    const insert = (values: object) =>
      sales.ctx.db
        .insertInto('service_use')
        .values({ ...row, used_at: sales.ctx.clock.now(), used_by: 'x', ...values })
        .execute()
    await expect(insert({})).rejects.toMatchObject({ code: 'ZP003' })
    await expect(insert({ order_id: (await sales.tapped()).subject_id, quantity: 1 })).rejects.toMatchObject({
      code: 'ZP003',
    })
    await expect(insert({ goods_id: 'towel', quantity: 1 })).rejects.toMatchObject({ code: '23503' })
    const { id } = await use(charge)
    const uses = sales.ctx.db.updateTable('service_use').where('id', '=', id)
    await expect(uses.set({ quantity: 5 }).execute()).rejects.toMatchObject({ code: 'ZP002' })
    await expect(uses.set({ undone_at: sales.ctx.clock.now() }).execute()).rejects.toMatchObject({ code: '23514' })
  })
})
