import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertOrder, openTestDb, refusal, type TestDb } from '../../../testing/database.ts'
import { type RecordState, recordStates, recordTransitions } from '../states.ts'
import type { Card, CardRecord } from '../table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const end = new Date('2026-11-28T10:00:00Z')
const MERCHANT = { mchid: '1900000001', appid: 'wx0000000000000001' }
const DISCOUNT_FEN = 100
const REWARD_FEN = 250

describe.each([18, 15] as const)('PostgreSQL %i refuses', (version) => {
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb(version)
  }, 120_000)
  afterAll(() => testDb?.close())

  /** An ongoing card with one goal and one reward. */
  async function card(openid = 'oPayer'): Promise<Card> {
    const id = randomUUID()
    const template = { id: randomUUID(), card_template_id: id, name: '先享卡', duration_days: 7, created_at: now }
    await testDb.db
      .insertInto('card_template')
      .values({ ...MERCHANT, ...template })
      .execute()
    const asked = {
      template_id: template.id,
      out_card_code: id.slice(0, 32),
      asked_by: id,
      request: '{}',
      created_at: now,
    }
    const taken = { openid, card_id: id, taken_at: now, begin_at: now, end_at: end, next_query_at: now }
    const row = await testDb.db
      .insertInto('card')
      .values({ id, ...MERCHANT, ...asked, ...taken, state: 'ongoing' })
      .returningAll()
      .executeTakeFirstOrThrow()
    const part = { card_id: id, position: 0, number: null, unit: '次' }
    await testDb.db
      .insertInto('card_goal')
      .values({ ...part, objective_id: 'goal', name: '三次', times: 3 })
      .execute()
    await testDb.db
      .insertInto('card_reward')
      .values({ ...part, reward_id: 'reward', name: '九折', times: null, amount_fen: REWARD_FEN })
      .execute()
    return row
  }
  const order = (discount_fen = DISCOUNT_FEN) => insertOrder(testDb.db, { now, discountFen: discount_fen })
  async function cheaper({ id: card_id }: Card): Promise<string> {
    const { id: order_id } = await order()
    await testDb.db
      .insertInto('card_order')
      .values({ order_id, card_id, reward_id: 'reward', discount_fen: DISCOUNT_FEN })
      .execute()
    return order_id
  }
  const numbers = new Map<string, number>()
  async function record({ id: card_id }: Card, order_id: string, change: Partial<CardRecord> = {}): Promise<string> {
    const number = (numbers.get(card_id) ?? 0) + 1
    const id = randomUUID()
    await testDb.db
      .insertInto('card_record')
      .values({
        ...{ id, card_id, number, kind: 'reward', reward_id: 'reward', serial_no: id.replaceAll('-', '') },
        ...{ direction: 'INCREASE', times: 1, amount_fen: DISCOUNT_FEN, description: '购买优惠', order_id },
        ...{ happened_at: now, created_at: now },
        ...change,
      })
      .execute()
    numbers.set(card_id, number)
    return id
  }
  const goal = { kind: 'goal', objective_id: 'goal', reward_id: null, amount_fen: null } as const
  const set = (id: string, values: Partial<CardRecord>) =>
    testDb.db.updateTable('card_record').set(values).where('id', '=', id).execute()

  test('an order with another discount, of somebody else, or of a card that is not ongoing', async () => {
    const [mine, theirs] = [await card(), await card('oOther')]
    const give = async (given: Card, fen: number, orderId?: string) =>
      testDb.db
        .insertInto('card_order')
        .values({
          ...{ order_id: orderId ?? (await order()).id, card_id: given.id, reward_id: 'reward', discount_fen: fen },
        })
        .execute()
    await expect(give(mine, DISCOUNT_FEN - 1)).rejects.toEqual(refusal('ZP003'))
    await expect(give(theirs, DISCOUNT_FEN)).rejects.toEqual(refusal('ZP003'))
    const { id } = await order()
    await give(mine, DISCOUNT_FEN, id)
    await expect(give(mine, DISCOUNT_FEN, id)).rejects.toEqual(refusal('23505'))
    await testDb.db.updateTable('card').set({ state: 'settling' }).where('id', '=', mine.id).execute()
    await expect(give(mine, DISCOUNT_FEN)).rejects.toEqual(refusal('ZP003'))
    const link = testDb.db.updateTable('card_order').set({ discount_fen: 1 }).where('order_id', '=', id)
    await expect(link.execute()).rejects.toEqual(refusal('ZP002'))
  })

  test('a reward that says more than the order was given, or twice, or of an order that was given nothing', async () => {
    const of = await card()
    const orderId = await cheaper(of)
    await expect(record(of, orderId, { amount_fen: DISCOUNT_FEN + 1 })).rejects.toEqual(refusal('ZP003'))
    await expect(record(of, (await order()).id)).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, { amount_fen: 50 })
    await expect(record(of, orderId, { amount_fen: 50 })).rejects.toEqual(refusal('ZP003'))
  })

  test('more than the reward comes to in all', async () => {
    const of = await card()
    for (let i = 0; i < 2; i++) await record(of, await cheaper(of))
    await expect(record(of, await cheaper(of))).rejects.toEqual(refusal('ZP003'))
    await record(of, await cheaper(of), { amount_fen: REWARD_FEN - 2 * DISCOUNT_FEN })
  })

  test('to take back more than was told', async () => {
    const of = await card()
    const orderId = await cheaper(of)
    const back = { direction: 'DECREASE' } as const
    await expect(record(of, orderId, back)).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, { ...goal, times: 2 })
    await expect(record(of, orderId, { ...goal, ...back, times: 3 })).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, { ...goal, ...back, times: 2 })
    await record(of, orderId)
    await expect(record(of, await cheaper(of), back)).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, back)
  })

  test('a record out of order, with a used serial number, or of both kinds', async () => {
    const of = await card()
    const orderId = await cheaper(of)
    await expect(record(of, orderId, { number: 2 })).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, { serial_no: `s${version}` })
    const other = await card()
    await expect(record(other, await cheaper(other), { serial_no: `s${version}` })).rejects.toEqual(
      refusal('23505', 'card_record_serial_no_key'),
    )
    await expect(record(other, orderId, { ...goal, amount_fen: 1 })).rejects.toEqual(
      refusal('23514', 'card_record_is_of_one_kind'),
    )
  })

  test('a record of a card that has ended, unless it is too late from the start; and that of one that has not', async () => {
    const of = await card()
    const orderId = await cheaper(of)
    const tooLate = { state: 'too_late' } as const
    await expect(record(of, orderId, tooLate)).rejects.toEqual(refusal('ZP003'))
    await expect(record(of, orderId, { state: 'accepted', accepted_at: now, request: '{}' })).rejects.toEqual(
      refusal('ZP003'),
    )
    const ended = { state: 'finished', ended_at: now, next_query_at: null } as const
    await testDb.db.updateTable('card').set(ended).where('id', '=', of.id).execute()
    await expect(record(of, orderId)).rejects.toEqual(refusal('ZP003'))
    await record(of, orderId, tooLate)
  })

  test('to change, or to delete, what is told', async () => {
    const of = await card()
    const id = await record(of, await cheaper(of))
    await expect(set(id, { amount_fen: 1 })).rejects.toEqual(refusal('ZP002'))
    await expect(set(id, { serial_no: 'x' })).rejects.toEqual(refusal('ZP002'))
    await set(id, { state: 'sending', request: '{"a":1}' })
    await expect(set(id, { request: '{"a":2}' })).rejects.toEqual(refusal('ZP002'))
    await expect(testDb.db.deleteFrom('card_record').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
  })

  const needs = (state: RecordState): Partial<CardRecord> => ({
    ...(state !== 'waiting' && { request: '{}' }),
    accepted_at: state === 'accepted' ? now : null,
  })
  const paths: Record<RecordState, readonly RecordState[]> = {
    ...{ waiting: [], sending: ['sending'], accepted: ['sending', 'accepted'], refused: ['sending', 'refused'] },
    too_late: ['too_late'],
  }

  test.each(recordStates)('every move of a record from %s that the table does not know', async (from) => {
    for (const to of recordStates.filter((state) => state !== from)) {
      const of = await card()
      const id = await record(of, (await order()).id, goal)
      for (const state of paths[from]) await set(id, { state, ...needs(state) })
      const moved = set(id, { state: to, ...needs(to) })
      if (recordTransitions[from].some((state) => state === to)) await moved
      else await expect(moved).rejects.toEqual(refusal('ZP001'))
    }
  })

  test('a record that was sent and does not say what', async () => {
    const id = await record(await card(), (await order()).id, goal)
    await expect(set(id, { state: 'sending' })).rejects.toEqual(refusal('23514', 'card_record_sent_has_a_request'))
  })
})
