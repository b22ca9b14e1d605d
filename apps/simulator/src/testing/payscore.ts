import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { controlCall, TestMerchant } from './merchant.ts'
import type { RawAnswer } from './raw-request.ts'

type Changes = Readonly<Record<string, unknown>>

const NOWHERE = 'http://127.0.0.1:9/notify'
const PLANS = '/v3/payscore/plan/payscore-plans'
const SIGN_PLANS = '/v3/payscore/sign-plan/user-sign-plans'

export const newNumber = (): string => randomBytes(12).toString('hex')

/** A merchant's first service, which every merchant begins with. */
export async function serviceIdOf(merchant: TestMerchant): Promise<string> {
  return (await merchant.control('GET', '/payscore/services')).json.services[0].serviceId
}

/** Calls of one merchant in Pay Score; every body is complete and may be changed. */
export class TestPayScore {
  readonly merchant: TestMerchant
  readonly serviceId: string

  constructor(merchant: TestMerchant, serviceId: string) {
    this.merchant = merchant
    this.serviceId = serviceId
  }

  static async of(merchant: TestMerchant): Promise<TestPayScore> {
    return new TestPayScore(merchant, await serviceIdOf(merchant))
  }

  get whose() {
    return { appid: this.merchant.info.appid, service_id: this.serviceId }
  }

  /** 羽毛球课3节 of the request, unless other prices are given. */
  planBody(changes: Changes = {}, pricesFen: readonly number[] = [18000, 12000, 0]) {
    return {
      ...this.whose,
      merchant_plan_no: newNumber(),
      plan_name: `羽毛球课${pricesFen.length}节`,
      plan_duration: 300,
      deduction_quantity: pricesFen.length,
      total_original_price: 18000 * pricesFen.length,
      total_actual_price: pricesFen.reduce((sum, fen) => sum + fen, 0),
      plan_detail_list: pricesFen.map((actualFen, i) => ({
        plan_detail_name: `第${i + 1}节课`,
        original_price: 18000,
        ...(i > 0 && { plan_discount_description: '优惠' }),
        actual_price: actualFen,
      })),
      ...changes,
    }
  }

  createPlan(body: object): Promise<RawAnswer> {
    return this.merchant.call('POST', PLANS, body)
  }

  queryPlan(number: string): Promise<RawAnswer> {
    return this.merchant.call('GET', `${PLANS}/merchant-plan-no/${number}`)
  }

  stopPlan(number: string): Promise<RawAnswer> {
    return this.merchant.call('POST', `${PLANS}/merchant-plan-no/${number}/stop`, '')
  }

  signPlanBody(planId: string, details: number, changes: Changes = {}) {
    return {
      ...this.whose,
      plan_id: planId,
      openid: 'oTestShopper',
      merchant_sign_plan_no: newNumber(),
      notify_url: NOWHERE,
      sign_plan_detail: Array.from({ length: details }, (_, i) => ({
        plan_detail_no: i + 1,
        merchant_plan_detail_no: newNumber(),
      })),
      ...changes,
    }
  }

  createSignPlan(body: object): Promise<RawAnswer> {
    return this.merchant.call('POST', SIGN_PLANS, body)
  }

  querySignPlan(number: string): Promise<RawAnswer> {
    return this.merchant.call('GET', `${SIGN_PLANS}/merchant-sign-plan-no/${number}`)
  }

  stopSignPlan(number: string, reason = '用户协商终止'): Promise<RawAnswer> {
    return this.merchant.call('POST', `${SIGN_PLANS}/merchant-sign-plan-no/${number}/stop`, { stop_reason: reason })
  }

  /** The user's part, without a phone. */
  async userSigns(number: string): Promise<void> {
    const answer = await this.merchant.control('POST', `/payscore/sign-plans/${number}/sign`, {})
    if (answer.status !== 200) throw new Error(answer.text)
  }

  createOrder(body: object): Promise<RawAnswer> {
    return this.merchant.call('POST', '/v3/payscore/sign-plan/serviceorder', body)
  }

  queryOrder(number: string, changes: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
    const query = new URLSearchParams({ ...this.whose, out_order_no: number, ...changes })
    return this.merchant.call('GET', `/v3/payscore/serviceorder?${query}`)
  }

  /** `complete`, `cancel`, `modify` or `sync`. */
  changeOrder(number: string, operation: string, changes: Changes): Promise<RawAnswer> {
    const url = `/v3/payscore/serviceorder/${number}/${operation}`
    return this.merchant.call('POST', url, { ...this.whose, ...changes })
  }
}

/** A plan that a user has signed, lesson by lesson. */
export class TestCourse {
  readonly payScore: TestPayScore
  readonly plan: ReturnType<TestPayScore['planBody']>
  readonly signed: ReturnType<TestPayScore['signPlanBody']>
  readonly signPlanId: string

  private constructor(
    payScore: TestPayScore,
    plan: TestCourse['plan'],
    signed: TestCourse['signed'],
    signPlanId: string,
  ) {
    this.payScore = payScore
    this.plan = plan
    this.signed = signed
    this.signPlanId = signPlanId
  }

  /** @param pricesFen of the lessons @param changes of the sign plan */
  static async sign(merchant: TestMerchant, pricesFen?: readonly number[], changes: Changes = {}): Promise<TestCourse> {
    const payScore = await TestPayScore.of(merchant)
    const plan = payScore.planBody({}, pricesFen)
    const { plan_id: planId } = (await payScore.createPlan(plan)).json
    const signed = payScore.signPlanBody(planId, plan.deduction_quantity, changes)
    const created = await payScore.createSignPlan(signed)
    await payScore.userSigns(signed.merchant_sign_plan_no)
    return new TestCourse(payScore, plan, signed, created.json.sign_plan.sign_plan_id)
  }

  get merchant(): TestMerchant {
    return this.payScore.merchant
  }

  /** The same course, where its merchant is to be found now. */
  at(merchant: TestMerchant): TestCourse {
    const payScore = new TestPayScore(merchant, this.payScore.serviceId)
    return new TestCourse(payScore, this.plan, this.signed, this.signPlanId)
  }

  /** The number that was promised for a lesson, 1 the first. */
  numberOf(no: number): string {
    return this.signed.sign_plan_detail[no - 1]?.merchant_plan_detail_no ?? ''
  }

  orderBody(no: number, changes: Changes = {}) {
    return {
      ...this.payScore.whose,
      sign_plan_id: this.signPlanId,
      plan_detail_no: no,
      openid: this.signed.openid,
      notify_url: NOWHERE,
      service_introduction: '羽毛球基础课程',
      time_range: { start_time: 'OnAccept' },
      out_trade_no: this.numberOf(no),
      ...changes,
    }
  }

  start(no: number, changes: Changes = {}): Promise<RawAnswer> {
    return this.payScore.createOrder(this.orderBody(no, changes))
  }

  /** With the end now, by the clock of WeChat. */
  async complete(no: number, totalFen: number, changes: Changes = {}): Promise<RawAnswer> {
    return this.payScore.changeOrder(this.numberOf(no), 'complete', {
      post_payments: [{ name: '课时费', amount: totalFen }],
      total_amount: totalFen,
      time_range: { end_time: await this.compactNow() },
      ...changes,
    })
  }

  cancel(no: number, reason = '用户不来了'): Promise<RawAnswer> {
    return this.payScore.changeOrder(this.numberOf(no), 'cancel', { reason })
  }

  modify(no: number, totalFen: number, changes: Changes = {}): Promise<RawAnswer> {
    const post_payments = [{ name: '课时费', amount: totalFen }]
    const body = { post_payments, total_amount: totalFen, reason: '用户投诉', ...changes }
    return this.payScore.changeOrder(this.numberOf(no), 'modify', body)
  }

  async sync(no: number, paidTime?: string): Promise<RawAnswer> {
    const detail = { paid_time: paidTime ?? (await this.compactNow()) }
    return this.payScore.changeOrder(this.numberOf(no), 'sync', { type: 'Order_Paid', detail })
  }

  async query(no: number) {
    return (await this.payScore.queryOrder(this.numberOf(no))).json
  }

  async querySigned() {
    return (await this.payScore.querySignPlan(this.signed.merchant_sign_plan_no)).json
  }

  /** `yyyyMMddHHmmss` in Shanghai, so many seconds from now. */
  async compactNow(offsetSeconds = 0): Promise<string> {
    const { now } = (await this.merchant.control('GET', '/clock')).json
    const shown = new Date(Date.parse(now) + (offsetSeconds + 8 * 3600) * 1000).toISOString()
    return shown.slice(0, 19).replace(/[-T:]/g, '')
  }
}

/** A simulator that can be stopped and started again on its data file. Close it when done. */
export class Restartable {
  readonly #folder: string
  #running: RunningSimulator | undefined

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(): Promise<Restartable> {
    return new Restartable(await mkdtemp(join(tmpdir(), 'simulator-')))
  }

  /** @param edit of what the file holds, between stop and start @returns the default merchant */
  async start(edit: (text: string) => string = (text) => text): Promise<TestMerchant> {
    const dataFile = join(this.#folder, 'simulator.json')
    const isFirst = this.#running === undefined
    await this.#running?.close()
    if (!isFirst) await writeFile(dataFile, edit(await readFile(dataFile, 'utf8')))
    this.#running = await startSimulator({ dataFile })
    const { port } = this.#running
    return new TestMerchant(port, (await controlCall(port, 'GET', '/merchant')).json)
  }

  async close(): Promise<void> {
    await this.#running?.close()
    await rm(this.#folder, { recursive: true })
  }
}
