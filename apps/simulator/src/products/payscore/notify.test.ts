import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestCourse } from '../../testing/payscore.ts'
import { openResource, type Receiver, startReceiver } from '../../testing/receiver.ts'
import { until } from '../../testing/until.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver

beforeAll(async () => {
  simulator = await startSimulator()
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await simulator.close()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver.received.length = 0
  receiver.answerWith = () => 204
})

const sign = () => TestCourse.sign(merchant, undefined, { notify_url: receiver.url })
const received = (count: number) => until(`${count} notices`, () => receiver.received.length >= count || undefined)
const opened = () =>
  receiver.received.map(({ body }) => ({
    event: JSON.parse(body.toString()).event_type,
    resource: openResource(body, merchant.info.apiV3Key),
  }))
const attemptsOf = async (eventType: string) => {
  const { notifications } = (await merchant.control('GET', '/notifications')).json
  const found = notifications.find((one: { eventType: string }) => one.eventType === eventType)
  return found.attempts.map(({ at }: { at: string }) => Date.parse(at))
}
const gaps = (times: readonly number[]) => times.slice(1).map((at, i) => Math.round((at - (times[i] ?? 0)) / 1000))

test('signing is notified with the plan as the query answers it', async () => {
  const course = await sign()
  await received(1)
  expect(opened()).toEqual([{ event: 'PAYSCORE.USER_SIGN_PLAN', resource: await course.querySigned() }])
  expect(opened()[0]?.resource).toMatchObject({
    sign_state: 'SIGNED',
    cancel_sign_type: 'NOT_CANCEL',
    cancel_sign_time: '',
  })
})

test('the user’s cancel is notified as cancelled, or as UNSIGNED by switch while the query says otherwise', async () => {
  for (const [i, state] of ['SIGN_PLAN_CANCEL', 'UNSIGNED'].entries()) {
    await merchant.control('PUT', '/switches', { cancelNoticeState: state })
    const course = await sign()
    await merchant.control('POST', `/payscore/sign-plans/${course.signed.merchant_sign_plan_no}/cancel`, {})
    await received(2 * (i + 1))
    const queried = await course.querySigned()
    const notice = opened().find(
      ({ event, resource }) =>
        event === 'PAYSCORE.USER_CANCEL_SIGN_PLAN' && resource.sign_plan_id === course.signPlanId,
    )
    expect(queried).toMatchObject({ sign_state: 'SIGN_PLAN_CANCEL', cancel_sign_type: 'USER' })
    expect(notice?.resource).toEqual({ ...queried, sign_state: state })
  }
})

test('signing is notified every minute, eleven times more', async () => {
  receiver.answerWith = () => 500
  await sign()
  await merchant.advance(86_400)
  expect(gaps(await attemptsOf('PAYSCORE.USER_SIGN_PLAN'))).toEqual(Array(11).fill(60))
})

test.each([
  ['3h04m', 10, 3 * 3600 + 240],
  ['24h04m', 16, 24 * 3600 + 240],
])('a deduction is notified for %s, %i times', async (payScoreLadder, times, seconds) => {
  await merchant.control('PUT', '/switches', { payScoreLadder })
  receiver.answerWith = () => 500
  const course = await TestCourse.sign(merchant)
  await course.start(1, { notify_url: receiver.url })
  await course.complete(1, 18000)
  await merchant.advance(2 * 86_400)
  const attempts = await attemptsOf('PAYSCORE.USER_PAID')
  expect(attempts).toHaveLength(times)
  expect(gaps(attempts).reduce((sum, gap) => sum + gap, 0)).toBe(seconds)
})
