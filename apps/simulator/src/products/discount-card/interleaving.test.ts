import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_SECONDS, TestCard, TestCards } from '../../testing/discount-card.ts'
import type { TestMerchant } from '../../testing/merchant.ts'
import { Restartable } from '../../testing/payscore.ts'

const REWARDS = [
  { name: '八折', unit: '次', amountFen: 300 },
  { name: '免单', countType: 'COUNT_LIMIT', count: 2, unit: '次', amountFen: 200 },
]
const TERMS = {
  objectives: [
    { name: '购买', count: 2, unit: '次' },
    { name: '到店', count: 1, unit: '次' },
  ],
  rewards: REWARDS,
}

let restartable: Restartable
let merchant: TestMerchant
let cards: TestCards

beforeAll(async () => {
  restartable = await Restartable.open()
  merchant = await restartable.start()
  cards = await TestCards.of(merchant, TERMS)
})
afterAll(() => restartable.close())

/** What anybody may do at any time; refused or not, it must not break a promise. */
type Act = (card: TestCard) => Promise<unknown>
/** Some things at once, about one or the other card; or a restart, which is alone. */
type Step = 'restart' | readonly { readonly at: number; readonly act: Act }[]

const type = fc.constantFrom('INCREASE', 'INCREASE', 'INCREASE', 'DECREASE')
const which = fc.integer({ min: 0, max: 1 })
// Most are used once; a few again and again, for either kind and card.
const serial = fc.option(fc.constantFrom('S1', 'S2', 'S3'), { freq: 3, nil: undefined })

const completion = fc
  .record({ at: which, type, count: fc.integer({ min: 1, max: 2 }), serial })
  .map(({ at, type: completion_type, count: completion_count, serial: serialNo }) => (card: TestCard) => ({
    objective_completion_records: [
      card.completion({
        objective_id: card.cards.template.objectives[at]?.objectiveId,
        completion_type,
        completion_count,
        ...(serialNo !== undefined && { objective_completion_serial_no: serialNo }),
      }),
    ],
  }))
const usage = fc
  .record({
    at: which,
    type,
    count: fc.integer({ min: 1, max: 2 }),
    amount: fc.constantFrom(50, 100, 200, 301),
    serial,
  })
  .map(({ at, type: usage_type, count: usage_count, amount, serial: serialNo }) => (card: TestCard) => ({
    reward_usage_records: [
      card.usage({
        reward_id: card.cards.template.rewards[at]?.rewardId,
        usage_type,
        usage_count,
        amount,
        ...(serialNo !== undefined && { reward_usage_serial_no: serialNo }),
      }),
    ],
  }))

const control =
  (path: string, input: object): Act =>
  (card) =>
    card.merchant.control('PUT', path, input)
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: completion.map(
      (of): Act =>
        (card) =>
          card.add(of(card)),
    ),
  },
  {
    weight: 6,
    arbitrary: usage.map(
      (of): Act =>
        (card) =>
          card.add(of(card)),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(completion, usage).map(
      ([done, used]): Act =>
        (card) =>
          card.add({ ...done(card), ...used(card) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('oA', 'oB').map(
      (openid): Act =>
        (card) =>
          card.cards.act(card.code, 'take', { openid }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Act>((card) => card.cards.prepare(card.cards.prepareBody({ out_card_code: card.code }))),
  },
  { weight: 1, arbitrary: fc.constant<Act>((card) => card.quit()) },
  { weight: 1, arbitrary: fc.constant<Act>((card) => card.settle()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('succeed', 'fail').map(
      (result): Act =>
        (card) =>
          card.cards.act(card.code, 'deduct', { result }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 3, 600, DAY_SECONDS, 4 * DAY_SECONDS).map(
      (s): Act =>
        (card) =>
          card.merchant.advance(s),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('fails', 'succeeds').map((cardDeduction) => control('/switches', { cardDeduction })),
  },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.array(fc.record({ at: which, act }), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<Step>('restart') },
)

const FINAL = ['FINISHED', 'UNFINISHED']

/** Promises of one run; what has once been final is remembered. */
class Watch {
  readonly #final = new Map<string, object>()
  readonly #paid = new Map<string, object>()

  async check(): Promise<void> {
    const list = async (path: string, name: string) => (await merchant.control('GET', path)).json[name]
    const transactions = await list('/transactions', 'transactions')
    const notifications = await list('/notifications', 'notifications')
    const shown = (await list('/discount-card/cards', 'cards')).filter(
      ({ state }: { state: string }) => state !== 'PREPARED',
    )
    for (const card of shown) {
      this.#checkSums(card)
      this.#checkEnd(card)
      const told = notifications.filter(({ outTradeNo }: { outTradeNo: string }) => outTradeNo === card.outCardCode)
      expect(told.map(({ eventType }: { eventType: string }) => eventType.split('.')[1]).sort()).toEqual(
        dueNotices(card),
      )
    }
    const paid = shown.filter(({ payState }: { payState: string }) => payState === 'PAID')
    const collected = paid.map(({ transactionId, totalFen }: Record<string, unknown>) => [transactionId, totalFen])
    const moved = transactions.map(({ transactionId, amountFen }: Record<string, unknown>) => [
      transactionId,
      amountFen,
    ])
    expect(moved.sort(), 'exactly what is owed, once').toEqual(collected.sort())
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the simulator shows it.
  #checkSums({ objectives, rewards, totalFen }: any): void {
    for (const { completed } of objectives) expect(completed).toBeGreaterThanOrEqual(0)
    for (const [i, { usedFen, used }] of rewards.entries()) {
      expect(usedFen).toBeGreaterThanOrEqual(0)
      expect(usedFen).toBeLessThanOrEqual(REWARDS[i]?.amountFen ?? 0)
      expect(used).toBeGreaterThanOrEqual(0)
      expect(used).toBeLessThanOrEqual(REWARDS[i]?.count ?? Number.POSITIVE_INFINITY)
    }
    expect(rewards.reduce((sum: number, { usedFen }: { usedFen: number }) => sum + usedFen, 0)).toBe(totalFen)
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the simulator shows it.
  #checkEnd(card: any): void {
    const { outCardCode, state, unfinishedReason, payState, totalFen, transactionId, objectives } = card
    const isKept = objectives.every(
      ({ completed, count }: Record<string, number>) => Number(completed) >= Number(count),
    )
    const isBroken = state === 'ONGOING' || unfinishedReason === 'DUE_TO_QUIT'
    if (isBroken) expect(isKept, 'what is kept is finished').toBe(false)
    if (state === 'FINISHED') expect([isKept, payState], 'what was kept costs nothing').toEqual([true, null])
    expect(payState !== null, 'only what was enjoyed is due').toBe(state === 'UNFINISHED' && totalFen > 0)
    remember(this.#final, FINAL.includes(state), outCardCode, { ...card, ...MONEY })
    remember(this.#paid, payState === 'PAID', outCardCode, { transactionId, totalFen })
  }
}

/** What goes on after the end. */
const MONEY = { payState: 0, attempts: 0, deductAt: 0, paidAt: 0, transactionId: 0 }

function remember(known: Map<string, object>, isFinal: boolean, code: string, now: object): void {
  const before = known.get(code)
  if (before) expect(now, 'what is final stays').toEqual(before)
  else if (isFinal) known.set(code, now)
}

const dueNotices = ({ state, payState }: { readonly state: string; readonly payState: string | null }) => [
  ...(FINAL.includes(state) ? ['AGREEMENT_ENDED'] : []),
  'USER_ACCEPTED',
  ...(payState === 'PAID' ? ['USER_PAID'] : []),
]

async function run(steps: readonly Step[]): Promise<void> {
  await merchant.control('POST', '/reset')
  // Long enough that nothing is due by itself between two looks at what is there.
  await merchant.control('PUT', '/switches', { cardDeductionSeconds: 600 })
  let both = [await cards.take(), new TestCard(cards, (await cards.prepared()).code)]
  const watch = new Watch()
  for (const next of steps) {
    if (next === 'restart') {
      merchant = await restartable.start()
      both = both.map((card) => card.at(merchant))
      cards = new TestCards(merchant, cards.template)
    } else {
      const doing = next.map(({ at, act: does }) => both.slice(at, at + 1).map(does))
      await Promise.all(doing.flat())
    }
    await watch.check()
  }
  await merchant.control('PUT', '/switches', { cardDeduction: 'succeeds' })
  await merchant.advance(9 * DAY_SECONDS)
  await watch.check()
  for (const card of both) {
    const { state, payState = null } = await card.shown()
    expect([...FINAL, 'PREPARED']).toContain(state)
    expect(['PAID', null]).toContain(payState)
  }
}

test('whatever the order of calls, times and restarts: sums within the template, ends for good, money once and exactly, each notice once', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), run), { numRuns: 25 })
}, 120_000)
