import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDb, inTransaction } from '../../../kernel/db.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { ADD_RECORDS, type Cards, type Held, openCards } from '../../../testing/cards.ts'
import { dying } from '../../../testing/dying.ts'
import { lockCard } from '../repository.ts'
import { resendRecords } from './resend.ts'

const REWARD = 'reward + 1 580'
const GOAL = 'goal + 1'

let cards: Cards
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterEach(() => cards.simulated.faults())
afterAll(() => cards?.close())

const fault = (kind: string, more: object = {}) =>
  cards.simulated.faults({ match: { method: 'POST', path: ADD_RECORDS }, kind, ...more })
/** A card of which one order was paid, and WeChat Pay not told. */
async function bought(): Promise<Held> {
  const held = await cards.taken()
  await cards.buy(held.shopper)
  return held
}
/** Past every wait, so that the sweeps alone have to bring it to an end. */
async function later(): Promise<void> {
  for (const seconds of [90, 30, 60]) {
    await cards.advance(seconds)
    await cards.tell()
  }
}
const isTold = async (held: Held) => {
  expect(await cards.told(held)).toEqual([`${REWARD} accepted`, `${GOAL} accepted`])
  expect(await cards.atWechat(held)).toMatchObject({ totalFen: 580, records: 2 })
  expect(await cards.row(held)).toMatchObject({ next_send_at: null, sending_until: null, send_count: 0 })
}
const serialOf = (body: string) => /serial_no":"([0-9a-f]{32})/.exec(body)?.[1]

test('a paid order of a card is told with exactly the discount that it was given, the reward before the goal', async () => {
  const held = await cards.taken()
  const order = await cards.buy(held.shopper)
  expect(order).toMatchObject({ amount_fen: 5220, discount_fen: 580, discount_name: '运动先享卡', state: 'paid' })
  expect(await cards.told(held)).toEqual([`${REWARD} waiting`, `${GOAL} waiting`])
  await cards.tell()
  await isTold(held)
  const [first, second, ...more] = await cards.sent(held)
  expect(more).toEqual([])
  const [reward, goal] = await cards.records(held)
  expect(JSON.parse(first ?? '')).toMatchObject({
    reward_usage_records: [
      { amount: 580, usage_type: 'INCREASE', reward_usage_serial_no: reward?.id.replaceAll('-', '') },
    ],
  })
  expect(JSON.parse(second ?? '')).toMatchObject({
    objective_completion_records: [{ completion_count: 1, objective_completion_serial_no: goal?.serial_no }],
  })
})

describe('after an unknown outcome the same bytes are sent again, and nothing is counted twice', () => {
  test.each([
    ['an error before the effect', 'error-before-effect', {}],
    ['an error after the effect', 'error-after-effect', {}],
    ['a connection that breaks before it', 'reset-before-effect', {}],
    ['a connection that breaks after it', 'reset-after-effect', {}],
    ['429', 'rate-limit', {}],
    ['a 204 that did nothing', 'ok-without-effect', {}],
    ['a 204 that nobody signed', 'unsigned-response', {}],
    ['no answer in time', 'timeout-after-effect', { seconds: 11 }],
  ])('%s', async (_, kind, more) => {
    const held = await bought()
    await fault(kind, more)
    await cards.tell()
    await later()
    await isTold(held)
    const sent = await cards.sent(held)
    expect(new Set(sent).size).toBe(2)
    expect(new Set(sent.map(serialOf)).size).toBe(2)
  })

  test('a 204 is not believed: a record that the card does not show is not accepted, and none goes before it', async () => {
    const held = await bought()
    await fault('ok-without-effect', { count: 3 })
    await cards.tell()
    expect(await cards.told(held)).toEqual([`${REWARD} sending`, `${GOAL} waiting`])
    expect(await cards.sent(held)).toHaveLength(1)
    await later()
    await later()
    await isTold(held)
  })

  test('while WeChat Pay cannot be asked, nothing is accepted, nor taken for refused', async () => {
    const held = await bought()
    await cards.simulated.faults({ match: { method: 'GET', path: ADD_RECORDS }, kind: 'error-before-effect', count: 6 })
    await cards.tell()
    expect(await cards.told(held)).toEqual([`${REWARD} sending`, `${GOAL} waiting`])
    await later()
    await isTold(held)
  })
})

test('one failure after a success is not waited for as one after many', async () => {
  const held = await bought()
  await fault('error-before-effect', { count: 7 })
  for (let minutes = 0; minutes < 70; minutes += 10) {
    await cards.advance(600)
    await cards.tell()
  }
  expect(await cards.told(held)).toEqual([`${REWARD} sending`, `${GOAL} waiting`])
  const match = { method: 'POST', path: ADD_RECORDS }
  await cards.simulated.faults({ match, kind: 'error-after-effect' }, { match, kind: 'error-before-effect' })
  await cards.advance(600)
  await cards.tell()
  expect(await cards.told(held)).toEqual([`${REWARD} accepted`, `${GOAL} sending`])
  await cards.advance(11)
  await cards.tell()
  await isTold(held)
})

describe('a process that dies only delays', () => {
  test.each(['before', 'after'] as const)('%s it calls WeChat Pay', async (when) => {
    const held = await bought()
    await cards.tell(dying(cards.ctx, 'discountCard.addUserRecords', when))
    expect(await cards.told(held)).toEqual([`${REWARD} sending`, `${GOAL} waiting`])
    await later()
    await isTold(held)
    expect(new Set(await cards.sent(held)).size).toBe(2)
  })

  test.each(['before', 'after'] as const)('%s it asks what became of it', async (when) => {
    const held = await bought()
    await cards.tell(dying(cards.ctx, 'discountCard.queryCard', when))
    await later()
    await isTold(held)
    expect(new Set(await cards.sent(held)).size).toBe(2)
  })

  test('and leaves its turn: nobody else sends until that is over', async () => {
    const held = await bought()
    await inTransaction(cards.ctx.db, async (tx) =>
      takeTurn(tx, 'card', await lockCard(tx, held.id), cards.ctx.clock.now()),
    )
    await cards.tell()
    expect(await cards.sent(held)).toEqual([])
    await later()
    await isTold(held)
  })
})

test('four sweeps in two processes at once send every record once, in order', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => bought()))
  const other = { ...cards.ctx, db: createDb(cards.databaseUrl) }
  await Promise.all([cards.ctx, other, cards.ctx, other].map((ctx) => cards.tell(ctx)))
  await other.db.destroy()
  for (const held of all) {
    await isTold(held)
    const sent = (await cards.sent(held)).map(serialOf)
    expect(sent).toEqual((await cards.records(held)).map((record) => record.serial_no))
  }
})

describe('what WeChat Pay does not take', () => {
  const refuse = (count = 1) => fault('error-before-effect', { status: 400, code: 'INVALID_REQUEST', count })

  test('waits for a person, who hears of it; what else there is goes on', async () => {
    const held = await bought()
    await refuse()
    await cards.tell()
    expect(await cards.told(held)).toEqual([`${REWARD} refused`, `${GOAL} accepted`])
    const [record] = await cards.records(held)
    expect(record?.problem).toContain('INVALID_REQUEST')
    expect(cards.alarmsOf('card_record_refused').at(-1)?.detail).toMatchObject({ serialNo: record?.serial_no })
    await later()
    expect(await cards.sent(held)).toHaveLength(2)
  })

  test('holds up what the same order says of the same later, and nothing of another one', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await refuse()
    await cards.tell()
    await cards.refund(order)
    await cards.buy(held.shopper)
    await cards.tell()
    expect(await cards.told(held)).toEqual([
      ...[`${REWARD} refused`, `${GOAL} accepted`, 'reward - 1 580 waiting', 'goal - 1 accepted'],
      ...[`${REWARD} accepted`, `${GOAL} accepted`],
    ])
    expect(await cards.atWechat(held)).toMatchObject({ totalFen: 580, objectives: [{ completed: 1 }] })
  })

  test('is told again with the same serial number when a person says so, as long as the card is open', async () => {
    const held = await bought()
    await refuse()
    await cards.tell()
    const { records } = await resendRecords(cards.asking(), { id: held.id })
    expect(records.map(({ status }) => status)).toEqual(['recorded', 'recorded'])
    await isTold(held)
    const sent = await cards.sent(held)
    expect([sent.length, new Set(sent).size]).toEqual([3, 2])
    await resendRecords(cards.asking(), { id: held.id })
    expect(await cards.sent(held)).toHaveLength(3)
    const entries = cards.ctx.db.selectFrom('audit_entry').select(['action', 'detail']).where('subject', '=', held.id)
    expect(await entries.execute()).toEqual([{ action: 'card.resend', detail: { count: 1 } }])
    await cards.act(held, 'quit')
    await cards.query(held)
    await expect(resendRecords(cards.asking(), { id: held.id })).rejects.toMatchObject({ code: 'CARD_ENDED' })
  })

  test('for the merchant, not for what it says, is told again by itself until it is taken; a person hears daily', async () => {
    const held = await bought()
    await fault('error-before-effect', { status: 403, code: 'NO_AUTH', count: 3 })
    const before = cards.alarmsOf('card_record_refused').length
    await cards.tell()
    await later()
    expect(cards.alarmsOf('card_record_refused')).toHaveLength(before + 1)
    await later()
    await isTold(held)
  })
})

describe('records that are not ours', () => {
  test('are told of, and change nothing', async () => {
    const held = await bought()
    const { ctx } = cards
    const { out_card_code, template_id } = await cards.row(held)
    const { card_template_id } = await ctx.db
      .selectFrom('card_template')
      .select('card_template_id')
      .where('id', '=', template_id)
      .executeTakeFirstOrThrow()
    await cards.tell()
    const [body = ''] = await cards.sent(held)
    const {
      reward_usage_records: [ours],
    } = JSON.parse(body)
    await cards.addAtWechat(out_card_code, {
      card_template_id,
      reward_usage_records: [{ ...ours, reward_usage_serial_no: 'byHand1', amount: 20 }],
    })
    await cards.query(held)
    const [alarm] = cards.alarmsOf('card_record_foreign')
    expect(alarm?.detail).toMatchObject({ outCardCode: out_card_code, serialNos: ['byHand1'] })
    expect(await cards.told(held)).toEqual([`${REWARD} accepted`, `${GOAL} accepted`])
    expect(await cards.row(held)).toMatchObject({ total_fen: 600 })
  })
})
