import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { DAY_SECONDS, TestCard } from '../../testing/discount-card.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { Restartable } from '../../testing/payscore.ts'
import { openResource, type Receiver, startReceiver } from '../../testing/receiver.ts'
import { until } from '../../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  // Its own: what the cards of another test are still due would come here too.
  receiver = await startReceiver()
  return () => receiver.close()
})

const take = (at = merchant, terms = {}) => TestCard.take(at, terms, { notify_url: receiver.url })
const received = (count: number) => until(`${count} notices`, () => receiver.received.length >= count || undefined)
const opened = (at = merchant) =>
  receiver.received.map(({ body }) => {
    const { event_type: event, resource } = JSON.parse(body.toString())
    return { event, originalType: resource.original_type, resource: openResource(body, at.info.apiV3Key) }
  })
const events = () => opened().map(({ event }) => event)
const switches = (changes: object) => merchant.control('PUT', '/switches', changes)

const ACCEPTED = 'DISCOUNT_CARD.USER_ACCEPTED'
const ENDED = 'DISCOUNT_CARD.AGREEMENT_ENDED'
const PAID = 'DISCOUNT_CARD.USER_PAID'

describe('what a notice says', () => {
  test('用户领卡通知: the card as it was taken, with the ids of goals and rewards, without records or a sum', async () => {
    const card = await take()
    await received(1)
    const { total_amount: _, objectives, rewards, ...rest } = await card.query()
    const [{ objective_completion_records: _done, ...objective }] = objectives
    const [{ reward_usage_records: _used, ...reward }] = rewards
    const resource = { ...rest, state: 'ONGOING', objectives: [objective], rewards: [reward] }
    expect(opened()).toEqual([{ event: ACCEPTED, originalType: 'discount-card', resource }])
  })

  test('守约状态变化通知: the end with all records and their sum, without money', async () => {
    const card = await take()
    await card.add({ objective_completion_records: [card.completion()], reward_usage_records: [card.usage()] })
    await card.quit()
    await received(2)
    const { pay_information: _, ...rest } = await card.query()
    expect(opened()[1]).toEqual({ event: ENDED, originalType: 'discount-card', resource: rest })
    expect(rest).toMatchObject({
      state: 'UNFINISHED',
      unfinished_reason: 'EARLY_QUIT',
      total_amount: 100,
      objectives: [{ objective_completion_records: [{}] }],
      rewards: [{ reward_usage_records: [{}] }],
    })
  })

  test('扣费状态变化通知: the money, without goals, rewards or times', async () => {
    const card = await take()
    await card.use(100)
    await card.quit()
    await merchant.advance(3)
    await received(3)
    const { objectives: _o, rewards: _r, time_range: _t, create_time: _c, ...rest } = await card.query()
    expect(opened()[2]).toEqual({ event: PAID, originalType: 'discount-card', resource: rest })
    expect(Object.keys(rest).sort()).toEqual([
      'appid',
      'card_id',
      'card_template_id',
      'mchid',
      'openid',
      'out_card_code',
      'pay_information',
      'state',
      'total_amount',
      'unfinished_reason',
    ])
    expect(rest.pay_information).toMatchObject({ pay_state: 'PAID', pay_amount: 100 })
  })
})

describe('when there is one', () => {
  test('taken, ended, paid: each once, in this order; none of settling', async () => {
    const card = await take()
    await card.use(100)
    await merchant.advance(7 * DAY_SECONDS)
    expect(events()).toEqual([ACCEPTED])
    await merchant.advance(2 * DAY_SECONDS)
    expect(events()).toEqual([ACCEPTED, ENDED, PAID])
  })

  test('none of money when the promise was kept, or nothing was enjoyed', async () => {
    const kept = await take()
    await kept.use(100)
    await kept.complete({ completion_count: 3 })
    const unused = await take()
    await unused.quit()
    await merchant.advance(DAY_SECONDS)
    expect(events().sort()).toEqual([ENDED, ENDED, ACCEPTED, ACCEPTED])
  })

  test('of money is none while attempts fail, then one', async () => {
    await switches({ cardDeduction: 'fails' })
    const card = await take()
    await card.use(100)
    await card.quit()
    await merchant.advance(3600)
    expect(events()).toEqual([ACCEPTED, ENDED])
    await switches({ cardDeduction: 'succeeds' })
    await merchant.advance(700)
    expect(events()).toEqual([ACCEPTED, ENDED, PAID])
  })

  test.each([
    ['paid', ['PAID'], []],
    ['paying-too', ['PAYING', 'PAID'], []],
    ['always', ['PAYING', 'PAID'], ['FINISHED', 'UNFINISHED']],
  ])('of money by switch %s: %j where something is due, of %j without', async (cardPaidNotices, due, undue) => {
    await switches({ cardPaidNotices })
    const owing = await take()
    await owing.use(100)
    await owing.quit()
    await merchant.advance(5)
    const kept = await take()
    await kept.use(100)
    await kept.complete({ completion_count: 3 })
    await merchant.advance(5)
    await (await take()).quit()
    await merchant.advance(5)
    const paid = opened().filter(({ event }) => event === PAID)
    const withMoney = paid.filter(({ resource }) => 'pay_information' in resource)
    expect(withMoney.map(({ resource }) => resource.pay_information.pay_state)).toEqual(due)
    const without = paid.filter(({ resource }) => !('pay_information' in resource))
    expect(without.map(({ resource }) => resource.state)).toEqual(undue)
  })
})

describe('how often it comes', () => {
  const attemptsOf = async (eventType: string) => {
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    const found = notifications.find((one: { eventType: string }) => one.eventType === eventType)
    return found.attempts.map(({ at }: { at: string }) => Date.parse(at))
  }

  test.each([
    ['3h04m', 10, 3 * 3600 + 240],
    ['24h04m', 16, 24 * 3600 + 240],
  ])('for %s, %i times, each of the three', async (payScoreLadder, times, seconds) => {
    await switches({ payScoreLadder })
    receiver.answerWith = () => 500
    const card = await take()
    await card.use(100)
    await card.quit()
    await merchant.advance(2 * DAY_SECONDS)
    for (const event of [ACCEPTED, ENDED, PAID]) {
      const attempts = await attemptsOf(event)
      expect(attempts, event).toHaveLength(times)
      expect(Math.round((attempts.at(-1) - attempts[0]) / 1000), event).toBe(seconds)
    }
  })

  test('goes on after a restart with what it said then', async () => {
    const restartable = await Restartable.open()
    try {
      receiver.answerWith = () => 500
      const first = await restartable.start()
      const card = await take(first)
      await received(1)
      receiver.answerWith = () => 204
      const after = card.at(await restartable.start())
      await after.use(100)
      receiver.received.length = 0
      await after.merchant.advance(15)
      await received(1)
      expect(opened(after.merchant)).toMatchObject([{ event: ACCEPTED, resource: { state: 'ONGOING' } }])
      expect(opened(after.merchant)[0]?.resource).not.toHaveProperty('total_amount')
    } finally {
      await restartable.close()
    }
  })
})
