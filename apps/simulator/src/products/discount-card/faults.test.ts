import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { DAY_SECONDS, type TestCard, TestCards } from '../../testing/discount-card.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import type { RawAnswer } from '../../testing/raw-request.ts'
import { until } from '../../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let cards: TestCards
let card: TestCard

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  cards = await TestCards.of(merchant)
  card = await cards.take()
})

const state = async () => [
  (await merchant.control('GET', '/discount-card/cards')).json,
  (await merchant.control('GET', '/transactions')).json,
]

/** Each operation, about the number that the fault names. */
const operations: readonly (readonly [string, () => Promise<RawAnswer>, number])[] = [
  ['preparing again', () => cards.prepare(cards.prepareBody({ out_card_code: card.code })), 200],
  ['a query', () => cards.query(card.code), 200],
  ['adding records', () => card.use(100), 204],
]

describe.each(operations)('a fault of %s', (_, call, good) => {
  const fault = (kind: string, more: object = {}) =>
    merchant.setFaults(
      { kind: 'rate-limit', match: { outTradeNo: 'ANOTHER' } },
      { kind, match: { outTradeNo: card.code }, ...more },
    )

  test('that answers 5xx before the effect does nothing, and the next call does it', async () => {
    const before = await state()
    await fault('error-before-effect', { status: 503 })
    expect((await call()).status).toBe(503)
    expect(await state()).toEqual(before)
    expect((await call()).status).toBe(good)
    const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${card.code}`)).json
    expect(requests.at(-2)).toMatchObject({ status: 503, fault: 'error-before-effect' })
  })

  test('that limits the rate does nothing', async () => {
    const before = await state()
    await fault('rate-limit')
    expect(await call()).toMatchObject({ status: 429, json: { code: 'FREQUENCY_LIMITED' } })
    expect(await state()).toEqual(before)
  })

  test.each(['reset-before-effect', 'timeout-before-effect'])(
    'that cuts the connection (%s) does nothing',
    async (kind) => {
      const before = await state()
      await fault(kind, kind.startsWith('timeout') ? { seconds: 0.01 } : {})
      await expect(call()).rejects.toThrow()
      expect(await state()).toEqual(before)
      expect((await call()).status).toBe(good)
    },
  )

  test('that holds the answer back brings it when it is released', async () => {
    await fault('hold-response')
    const answer = call()
    const { faults } = (await merchant.control('GET', '/faults')).json
    const { id } = faults[1]
    const fired = async () => (await merchant.control('GET', '/faults')).json.faults[1]?.fired > 0 || undefined
    await until('the held answer', fired)
    await merchant.control('POST', `/faults/${id}/release`)
    expect((await answer).status).toBe(good)
  })

  test('that lies changes nothing', async () => {
    const before = await state()
    await fault('ok-without-effect')
    expect((await call()).status).toBe(good)
    expect(await state()).toEqual(before)
  })

  test.each(['unsigned-response', 'tamper-response', 'probe-response', 'wrong-serial'])(
    'that spoils the signature (%s) answers all the same',
    async (kind) => {
      await fault(kind)
      expect((await call()).status).toBe(good)
    },
  )
})

describe('an effect whose answer is lost', () => {
  test.each(['error-after-effect', 'reset-after-effect', 'timeout-after-effect'])(
    'is there (%s): the same bytes again change nothing',
    async (kind) => {
      const record = card.usage()
      const seconds = kind.startsWith('timeout') ? { seconds: 0.01 } : {}
      await merchant.setFaults({ kind, match: { outTradeNo: card.code }, ...seconds })
      await card.add({ reward_usage_records: [record] }).catch(() => undefined)
      const after = await card.query()
      expect(after.rewards[0].reward_usage_records).toEqual([record])
      expect((await card.add({ reward_usage_records: [record] })).status).toBe(204)
      expect(await card.query()).toEqual(after)
    },
  )

  test('of preparing is a token that nobody knows: the call again brings another', async () => {
    const body = cards.prepareBody()
    await merchant.setFaults({ kind: 'error-after-effect', match: { outTradeNo: body.out_card_code } })
    expect((await cards.prepare(body)).status).toBe(500)
    expect(await cards.prepare(body)).toMatchObject({ status: 200, json: { prepare_card_token: expect.any(String) } })
  })
})

describe('an answer that lies', () => {
  test('of preparing: its token opens nothing, and the call again prepares it', async () => {
    const body = cards.prepareBody()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: body.out_card_code } })
    const { prepare_card_token: token } = (await cards.prepare(body)).json
    expect((await merchant.control('GET', `/discount-card/cards/${body.out_card_code}`)).status).toBe(404)
    expect((await cards.visit(`/pages/get-card/get-card?prepare_card_token=${token}`, 'take')).page.actions).toEqual([])
    expect((await cards.prepare(body)).status).toBe(200)
    expect((await cards.act(body.out_card_code, 'take', { openid: 'o' })).status).toBe(200)
  })

  test('of adding a record: its number is still good', async () => {
    const record = card.completion({ completion_count: 3 })
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: card.code } })
    expect((await card.add({ objective_completion_records: [record] })).status).toBe(204)
    expect((await card.query()).state).toBe('ONGOING')
    await card.add({ objective_completion_records: [record] })
    expect((await card.query()).state).toBe('FINISHED')
  })

  test('while cards wait for their time or their money: these go on', async () => {
    const lie = async () => {
      await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: card.code } })
      expect((await cards.prepare(cards.prepareBody({ out_card_code: card.code }))).status).toBe(200)
    }
    await card.use(100)
    await lie()
    await merchant.advance(7 * DAY_SECONDS)
    expect((await card.query()).state).toBe('SETTLING')
    await lie()
    await merchant.advance(DAY_SECONDS)
    await lie()
    await merchant.advance(3)
    expect((await card.query()).pay_information).toMatchObject({ pay_state: 'PAID', pay_amount: 100 })
    expect((await merchant.control('GET', '/transactions')).json.transactions).toHaveLength(1)
  })
})
