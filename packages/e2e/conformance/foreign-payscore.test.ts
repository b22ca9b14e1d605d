import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { signBusinessView } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foreign, openBackend, openForeign } from '../support/foreign.ts'

const { Formatter, Hash } = foreign

const PLANS = 'v3/payscore/plan/payscore-plans'
const SIGN_PLANS = 'v3/payscore/sign-plan/user-sign-plans'
const ORDERS = 'v3/payscore/serviceorder'
const LESSONS = [
  { plan_detail_name: '第一节课', original_price: 18000, actual_price: 18000 },
  { plan_detail_name: '第二节课', original_price: 18000, plan_discount_description: '优惠60元', actual_price: 12000 },
  { plan_detail_name: '第三节课', original_price: 18000, plan_discount_description: '送一节课', actual_price: 0 },
]

let simulator: RunningSimulator
let backend: Awaited<ReturnType<typeof openBackend>>

beforeAll(async () => {
  simulator = await startSimulator()
  backend = await openBackend()
})
beforeEach(() => {
  backend.deliveries.length = 0
})
afterAll(async () => {
  await backend.close()
  await simulator.close()
})

const newNumber = () => Formatter.nonce().slice(0, 24)

/** A merchant with the course of the request on sale, and a foreign client that sells it. */
async function openCourse(mode: 'certificate' | 'public_key' | 'both') {
  const merchant = await openForeign(simulator.url, mode)
  const { client, control, info } = merchant
  const [{ serviceId }] = (await control('GET', '/payscore/services')).services
  const whose = { service_id: serviceId, appid: info.appid }
  const planNo = newNumber()
  const plan = await client.request(PLANS, 'post', {
    ...whose,
    merchant_plan_no: planNo,
    plan_name: '羽毛球课3节',
    plan_duration: 300,
    deduction_quantity: 3,
    total_original_price: 54000,
    total_actual_price: 30000,
    plan_detail_list: LESSONS,
  })
  /** The one notice that has come since, opened by the foreign client. */
  const heard = async (seconds = 1) => {
    await control('POST', '/clock/advance', { seconds })
    const [delivery, ...more] = backend.deliveries.splice(0)
    if (!delivery || more.length > 0) throw new Error(`${more.length + (delivery ? 1 : 0)} notices came`)
    expect(merchant.verifies(delivery)).toBe(true)
    return { eventType: JSON.parse(delivery.body).event_type, ...merchant.open(delivery) }
  }
  return { ...merchant, whose, plan, planNo, heard }
}

type Course = Awaited<ReturnType<typeof openCourse>>

/** A plan that a user has signed. */
async function signCourse(course: Course, openid = 'o-foreign') {
  const signNo = newNumber()
  const numbers = LESSONS.map(newNumber)
  const created = await course.client.request(SIGN_PLANS, 'post', {
    ...course.whose,
    plan_id: course.plan.data.plan_id,
    openid,
    merchant_sign_plan_no: signNo,
    notify_url: backend.url,
    sign_plan_detail: numbers.map((merchant_plan_detail_no, i) => ({ plan_detail_no: i + 1, merchant_plan_detail_no })),
  })
  await course.control('POST', `/payscore/sign-plans/${signNo}/sign`)
  return {
    signNo,
    numbers,
    openid,
    created,
    signPlanId: created.data.sign_plan.sign_plan_id,
    signed: await course.heard(),
  }
}

/** Begins a lesson; `change` completes, cancels or synchronises it. */
async function startLesson(course: Course, signed: Awaited<ReturnType<typeof signCourse>>, no: number) {
  const number = signed.numbers[no - 1] ?? ''
  const started = await course.client.request('v3/payscore/sign-plan/serviceorder', 'post', {
    ...course.whose,
    sign_plan_id: signed.signPlanId,
    plan_detail_no: no,
    openid: signed.openid,
    notify_url: backend.url,
    service_introduction: `羽毛球课第${no}节`,
    time_range: { start_time: 'OnAccept' },
    out_trade_no: number,
  })
  const change = (operation: string, body: object) =>
    course.client.request(`${ORDERS}/${number}/${operation}`, 'post', { ...course.whose, ...body })
  const query = async () =>
    (await course.client.request(ORDERS, 'get', undefined, { params: { ...course.whose, out_order_no: number } })).data
  const now = async () => formatCompact(new Date((await course.control('GET', '/clock')).now))
  const complete = async (total: number) =>
    change('complete', {
      post_payments: [{ name: '课时', amount: total }],
      total_amount: total,
      time_range: { end_time: await now() },
    })
  return { number, started, change, complete, query, now }
}

const refused = (status: number, code: string) => ({ response: { status, data: { code } } })

describe.each(['certificate', 'public_key', 'both'] as const)('wechatpay-axios-plugin in mode %s', (mode) => {
  test('sells a course, hears that it was signed, takes a lesson and hears that it was paid', async () => {
    const course = await openCourse(mode)
    expect(course.plan).toMatchObject({ status: 200, data: { plan_state: 'NORMAL', merchant_plan_no: course.planNo } })
    const { data: asked } = await course.client.request(`${PLANS}/merchant-plan-no/${course.planNo}`, 'get')
    expect(asked).toEqual(course.plan.data)

    const signed = await signCourse(course)
    expect(signed.created.data.package).toMatch(/^\S+$/)
    expect(signed.created.data.sign_plan).toMatchObject({ sign_state: 'UNSIGNED', going_detail_no: 0 })
    expect(signed.signed).toMatchObject({
      eventType: 'PAYSCORE.USER_SIGN_PLAN',
      sign_state: 'SIGNED',
      merchant_sign_plan_no: signed.signNo,
      openid: 'o-foreign',
      total_origin_price: 54000,
      cancel_sign_time: '',
    })
    const path = `${SIGN_PLANS}/merchant-sign-plan-no/${signed.signNo}`
    expect((await course.client.request(path, 'get')).data.sign_state).toBe('SIGNED')

    const lesson = await startLesson(course, signed, 1)
    expect(lesson.started.data).toMatchObject({
      state: 'DOING',
      state_description: 'USER_CONFIRM',
      out_order_no: lesson.number,
    })
    const completed = await lesson.complete(18000)
    expect(completed.data).toMatchObject({ state: 'DOING', state_description: 'MCH_COMPLETE', total_amount: 18000 })
    expect((await lesson.query()).collection.state).toBe('USER_PAYING')
    const paid = await course.heard(5)
    expect(paid).toMatchObject({
      eventType: 'PAYSCORE.USER_PAID',
      state: 'DONE',
      out_order_no: lesson.number,
      collection: { state: 'USER_PAID', paid_amount: 18000, details: [{ paid_type: 'NEWTON' }] },
    })
    expect((await lesson.query()).collection).toEqual(paid.collection)
    const { data: after } = await course.client.request(path, 'get')
    expect(after.signed_detail_list[0]).toMatchObject({ plan_detail_state: 'USED', actual_pay_price: 18000 })
  })

  test('cancels a lesson, tells of one that was paid elsewhere, and takes the last one for nothing', async () => {
    const course = await openCourse(mode)
    const signed = await signCourse(course)
    const first = await startLesson(course, signed, 1)
    const cancelled = await first.change('cancel', { reason: '用户投诉' })
    expect(cancelled.data).toMatchObject({ out_order_no: first.number, service_id: course.whose.service_id })
    expect((await first.query()).state).toBe('REVOKED')

    await course.control('PUT', '/switches', { payScoreDeduction: 'fails' })
    const second = await startLesson(course, signed, 2)
    await second.complete(12000)
    await expect(
      second.change('sync', { type: 'Order_Paid', detail: { paid_time: await second.now() } }),
    ).rejects.toMatchObject(refused(400, 'INVALID_REQUEST'))
    await course.control('POST', '/clock/advance', { seconds: 10 })
    const synced = await second.change('sync', { type: 'Order_Paid', detail: { paid_time: await second.now() } })
    expect(synced.data).toMatchObject({
      state: 'DONE',
      collection: { state: 'USER_PAID', details: [{ paid_type: 'MCH' }] },
    })

    const third = await startLesson(course, signed, 3)
    expect((await third.complete(0)).data).toMatchObject({ state: 'DONE', total_amount: 0 })
    const path = `${SIGN_PLANS}/merchant-sign-plan-no/${signed.signNo}`
    const { data } = await course.client.request(path, 'get')
    expect(data).toMatchObject({ sign_state: 'COMPLETE', going_detail_no: 3 })
    expect(data.signed_detail_list.map((detail: { plan_detail_state: string }) => detail.plan_detail_state)).toEqual([
      'SIGN_PLAN_DETAIL_CANCEL',
      'USED',
      'USED',
    ])
    expect(backend.deliveries).toEqual([])
  })

  test('stops a plan with a POST of nothing, and ends what one user signed', async () => {
    const course = await openCourse(mode)
    const signed = await signCourse(course)
    const stopped = await course.client.request(`${PLANS}/merchant-plan-no/${course.planNo}/stop`, 'post')
    expect(stopped).toMatchObject({ status: 200, data: { plan_state: 'STOP', stop_mchid: course.info.mchid } })
    await expect(signCourse(course, 'o-late')).rejects.toMatchObject(refused(400, 'INVALID_REQUEST'))

    const path = `${SIGN_PLANS}/merchant-sign-plan-no/${signed.signNo}/stop`
    const { data } = await course.client.request(path, 'post', { stop_reason: '用户协商终止' })
    expect(data).toMatchObject({
      sign_state: 'SIGN_PLAN_CANCEL',
      cancel_sign_type: 'MERCHANT',
      cancel_reason: '用户协商终止',
    })
    await course.control('POST', '/clock/advance', { seconds: 60 })
    expect(backend.deliveries).toEqual([])
  })

  test("hears of the user's own cancel", async () => {
    const course = await openCourse(mode)
    const { signNo } = await signCourse(course)
    await course.control('POST', `/payscore/sign-plans/${signNo}/cancel`)
    expect(await course.heard()).toMatchObject({
      eventType: 'PAYSCORE.USER_CANCEL_SIGN_PLAN',
      merchant_sign_plan_no: signNo,
      cancel_sign_type: 'USER',
    })
  })
})

test('a foreign client reads what is refused as WeChat words it', async () => {
  const course = await openCourse('public_key')
  const signed = await signCourse(course)
  const { client, whose } = course
  await expect(startLesson(course, signed, 2)).rejects.toMatchObject(refused(400, 'INVALID_REQUEST'))
  const params = { ...whose, out_order_no: 'NOSUCH' }
  await expect(client.request(ORDERS, 'get', undefined, { params })).rejects.toMatchObject(
    refused(404, 'ORDER_NOT_EXIST'),
  )
  await expect(client.request(`${PLANS}/merchant-plan-no/NOSUCH`, 'get')).rejects.toMatchObject(
    refused(404, 'RESOURCE_NOT_EXISTS'),
  )
  // The Java of the guide sends out_order_no here, which the table of the API does not have.
  const body = { ...whose, sign_plan_id: signed.signPlanId, plan_detail_no: 1, out_order_no: signed.numbers[0] }
  await expect(client.request('v3/payscore/sign-plan/serviceorder', 'post', body)).rejects.toMatchObject(
    refused(400, 'PARAM_ERROR'),
  )
})

test('a page that a foreign hash has signed opens, and ours signs the same', async () => {
  const course = await openCourse('public_key')
  const signed = await signCourse(course)
  const { number } = await startLesson(course, signed, 1)
  const members = {
    mch_id: course.info.mchid,
    service_id: course.whose.service_id,
    out_order_no: number,
    timestamp: String(Formatter.timestamp()),
    nonce_str: Formatter.nonce(),
    sign_type: 'HMAC-SHA256',
  }
  const sign = Hash.sign('HMAC-SHA256', members, course.info.apiV2Key)
  expect(sign).toBe(signBusinessView(members, course.info.apiV2Key))
  const visit = { appid: course.info.appid, openid: signed.openid, businessType: 'wxpayScoreDetail', action: 'open' }
  const open = (extraData: object) => course.control('POST', '/client/open-business-view', { ...visit, extraData })
  const values = async (extraData: object) =>
    (await open(extraData)).page.rows.map((row: { readonly value: string }) => row.value)
  expect(await values({ ...members, sign })).toContain(number)
  expect(await values({ ...members, sign: sign.toLowerCase() })).not.toContain(number)
})
