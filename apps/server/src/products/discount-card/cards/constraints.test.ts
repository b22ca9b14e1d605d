import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertOrder, openTestDb, refusal, type TestDb } from '../../../testing/database.ts'
import { insertDeduction } from '../../../testing/deductions.ts'
import type { CardTable, CardTemplateTable } from '../table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const later = new Date('2026-12-21T10:00:00Z')

describe.each([18, 15] as const)('PostgreSQL %i refuses', (version) => {
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb(version)
  }, 120_000)
  afterAll(() => testDb?.close())

  const who = { mchid: '1900000001', appid: 'wx0000000000000001' }
  const id32 = () => randomUUID().replaceAll('-', '')

  async function template(change: Partial<Insertable<CardTemplateTable>> = {}): Promise<string> {
    const id = randomUUID()
    const row = { id, ...who, card_template_id: id32(), name: '羽毛球先享卡', duration_days: 30, created_at: now }
    await testDb.db
      .insertInto('card_template')
      .values({ ...row, ...change })
      .execute()
    return id
  }
  const goal = (template_id: string, change: object = {}) =>
    testDb.db
      .insertInto('card_template_goal')
      .values({
        ...{ template_id, number: 1, name: '三次', times: 3, unit: '次', counts: 'orders', goods_ids: null },
        ...change,
      })
      .execute()
  const reward = (template_id: string, change: object = {}) =>
    testDb.db
      .insertInto('card_template_reward')
      .values({
        ...{ template_id, number: 1, name: '八折', times: null, unit: '次', amount_fen: 1, percent_off: 20 },
        ...{ goods_ids: null, ...change },
      })
      .execute()
  async function card(change: Partial<Insertable<CardTable>> = {}): Promise<string> {
    const id = randomUUID()
    const template_id = change.template_id ?? (await template())
    const row = {
      id,
      template_id,
      ...who,
      out_card_code: id32(),
      asked_by: randomUUID(),
      created_at: now,
      request: '{}',
    }
    await testDb.db
      .insertInto('card')
      .values({ ...row, state: 'prepared', token: 'token', token_at: now, next_query_at: now, ...change })
      .execute()
    return id
  }
  const update = (id: string, change: object) =>
    testDb.db.updateTable('card').set(change).where('id', '=', id).execute()
  const taken = () => ({ openid: 'oHolder', card_id: id32(), taken_at: now, begin_at: now, end_at: later })
  const ongoing = () => ({ ...taken(), state: 'ongoing' }) as const
  const ended = { ended_at: now, next_query_at: null } as const
  const broken = { ...ended, state: 'unfinished', unfinished_reason: 'EARLY_QUIT', total_fen: 0 } as const

  test('a template that promises or gives nothing sensible', async () => {
    for (const [change, constraint] of [
      [{ name: '' }, 'card_template_name_check'],
      [{ name: '一'.repeat(21) }, 'card_template_name_check'],
      [{ duration_days: 0 }, 'card_template_duration_days_check'],
      [{ card_template_id: '' }, 'card_template_card_template_id_check'],
      [{ state: 'withdrawn' }, 'card_template_withdrawn_has_a_time'],
      [{ withdrawn_at: now }, 'card_template_withdrawn_has_a_time'],
    ] as const)
      await expect(template(change)).rejects.toEqual(refusal('23514', constraint))
    const id = await template()
    for (const change of [{ times: 0 }, { number: 0 }, { unit: '' }, { counts: 'visits' }, { goods_ids: [] }])
      await expect(goal(id, change)).rejects.toEqual(refusal('23514'))
    for (const change of [{ times: 0 }, { amount_fen: 0 }, { percent_off: 0 }, { percent_off: 100 }])
      await expect(reward(id, change)).rejects.toEqual(refusal('23514'))
  })

  test('two templates of one number, two goals or rewards of one name', async () => {
    const card_template_id = id32()
    const id = await template({ card_template_id })
    await expect(template({ card_template_id })).rejects.toEqual(refusal('23505'))
    await template({ card_template_id, mchid: '1900000002' })
    await goal(id)
    await reward(id)
    for (const number of [1, 2]) {
      await expect(goal(id, { number })).rejects.toEqual(refusal('23505'))
      await expect(reward(id, { number })).rejects.toEqual(refusal('23505'))
    }
  })

  test('what was offered to change, to come back, or to go', async () => {
    const { db } = testDb
    const id = await template()
    await goal(id)
    const change = (set: object) => db.updateTable('card_template').set(set).where('id', '=', id).execute()
    for (const set of [{ name: '另一张' }, { duration_days: 31 }, { card_template_id: 'another' }])
      await expect(change(set)).rejects.toEqual(refusal('ZP002'))
    await expect(db.updateTable('card_template_goal').set({ times: 2 }).execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.deleteFrom('card_template_goal').execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.deleteFrom('card_template').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
    await change({ state: 'withdrawn', withdrawn_at: now })
    await expect(change({ state: 'on_offer', withdrawn_at: null })).rejects.toEqual(refusal('ZP001'))
  })

  test('a card whose state and members do not fit', async () => {
    for (const [change, constraint] of [
      [{ token: null }, 'card_token_has_a_time'],
      [{ token_at: null }, 'card_token_has_a_time'],
      [{ next_query_at: null }, 'card_live_is_queried'],
      [{ state: 'lapsed' }, 'card_live_is_queried'],
      [{ state: 'refused' }, 'card_live_is_queried'],
      [{ state: 'ongoing' }, 'card_taken_has_a_holder'],
      [{ ...ongoing(), openid: null }, 'card_taken_has_a_holder'],
      [{ ...ongoing(), end_at: null }, 'card_taken_has_a_holder'],
      [{ ...ongoing(), next_query_at: null }, 'card_live_is_queried'],
      [{ ...ongoing(), ended_at: now }, 'card_ended_has_a_time'],
      [{ ...taken(), ...broken, ended_at: null }, 'card_ended_has_a_time'],
      [{ ...ongoing(), unfinished_reason: 'EARLY_QUIT' }, 'card_reason_is_of_a_broken_promise'],
      [{ ...taken(), ...broken, state: 'finished' }, 'card_reason_is_of_a_broken_promise'],
      [{ ...taken(), ...broken, total_fen: 1 }, 'card_live_is_queried'],
      [{ ...taken(), ...broken, total_fen: null }, 'card_live_is_queried'],
      [{ ...taken(), ...broken, next_query_at: now }, 'card_live_is_queried'],
      [{ ...taken(), ...broken, state: 'owing' }, 'card_owing_has_a_sum'],
      [{ ...taken(), ...broken, next_send_at: now }, 'card_open_is_told'],
      [{ ...taken(), ...broken, total_fen: 1, state: 'paid' }, 'card_paid_has_a_charge'],
      [{ out_card_code: 'a b' }, 'card_out_card_code_check'],
    ] as const)
      await expect(card(change)).rejects.toEqual(refusal('23514', constraint))
  })

  test('a second card of one kind for who asks, and one that somebody else has at WeChat Pay', async () => {
    const of = { template_id: await template(), asked_by: randomUUID() }
    await card({ ...of, state: 'lapsed', next_query_at: null })
    await card({ ...of, ...ongoing() })
    await card(of)
    for (const change of [{}, { state: 'preparing', token: null, token_at: null } as const])
      await expect(card({ ...of, ...change })).rejects.toEqual(refusal('23505', 'card_one_offered'))
    await card({ ...of, asked_by: randomUUID() })
    const held = ongoing()
    await card(held)
    await expect(card(held)).rejects.toEqual(refusal('23505', 'card_card_id_key'))
  })

  test('a card to become another one, to step back, or to go', async () => {
    const id = await card(ongoing())
    for (const change of [{ asked_by: randomUUID() }, { request: '[]' }, { appid: 'wx2' }, { out_card_code: 'other' }])
      await expect(update(id, change)).rejects.toEqual(refusal('ZP002'))
    for (const change of [{ openid: 'oOther' }, { card_id: 'other' }, { taken_at: later }])
      await expect(update(id, change)).rejects.toEqual(refusal('ZP002'))
    await expect(update(id, { state: 'prepared' })).rejects.toEqual(refusal('ZP001'))
    await update(id, { state: 'finished', ...ended })
    for (const state of ['ongoing', 'settling'])
      await expect(update(id, { state, ended_at: null, next_query_at: now })).rejects.toEqual(refusal('ZP001'))
    await expect(testDb.db.deleteFrom('card').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
  })

  test('a card to be paid by what was collected for another one, or for an order', async () => {
    const owed = { ...taken(), ...ended, state: 'owing', unfinished_reason: 'DUE_TO_QUIT', total_fen: 100 } as const
    const id = await card(owed)
    const { id: paid_charge_id } = await insertDeduction(testDb.db, { now })
    const paid = { state: 'paid', paid_at: now, paid_charge_id }
    await expect(update(id, paid)).rejects.toEqual(refusal('23503', 'card_paid_by_own_charge'))
  })

  test('a discount that is not the one the order lacks, or of a card that gives none', async () => {
    const { db } = testDb
    const id = await card(ongoing())
    await db
      .insertInto('card_reward')
      .values({
        ...{ card_id: id, reward_id: 'r', position: 0, number: 1, name: '八折', times: null, unit: '次' },
        amount_fen: 1000,
      })
      .execute()
    const order = await insertOrder(db, { now })
    const give = db
      .insertInto('card_order')
      .values({ order_id: order.id, card_id: id, reward_id: 'r', discount_fen: 20 })
    await expect(give.execute()).rejects.toEqual(refusal('ZP003'))
  })

  test('terms of a card that was taken to change', async () => {
    const { db } = testDb
    const id = await card(ongoing())
    const row = { card_id: id, objective_id: 'o', position: 0, number: 1, name: '三次', times: 3, unit: '次' }
    await db.insertInto('card_goal').values(row).execute()
    await expect(db.updateTable('card_goal').set({ times: 2 }).execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.deleteFrom('card_goal').execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.insertInto('card_goal').values(row).execute()).rejects.toEqual(refusal('23505'))
  })
})
