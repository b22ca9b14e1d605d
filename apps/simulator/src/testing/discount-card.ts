import { randomBytes } from 'node:crypto'
import type { TestMerchant } from './merchant.ts'
import type { RawAnswer } from './raw-request.ts'

type Changes = Readonly<Record<string, unknown>>

const NOWHERE = 'http://127.0.0.1:9/notify'
const CARDS = '/v3/discount-card/cards'
export const DAY_SECONDS = 86_400
export const HOLDER = 'oTestShopper'
/** 先享卡, the mini-program. */
export const CARD_APPID = 'wxcc2e4fbc5887661e'

export const newNumber = (): string => randomBytes(12).toString('hex')

/** What `/_sim/discount-card/templates` answers. */
export interface TestTemplate {
  readonly cardTemplateId: string
  readonly objectives: readonly { readonly objectiveId: string }[]
  readonly rewards: readonly { readonly rewardId: string }[]
}

/** Buy three times in a week, and 20% off up to 30 yuan, unless other terms are given. */
export const templateInput = (changes: Changes = {}) => ({
  name: '一周三次八折卡',
  objectives: [{ name: '一周购买三次商品', count: 3, unit: '次', description: '特价商品' }],
  rewards: [{ name: '八折优惠', unit: '次', amountFen: 3000 }],
  durationDays: 7,
  ...changes,
})

/** Calls of one merchant about the cards of one template; every body is complete and may be changed. */
export class TestCards {
  readonly merchant: TestMerchant
  readonly template: TestTemplate

  constructor(merchant: TestMerchant, template: TestTemplate) {
    this.merchant = merchant
    this.template = template
  }

  /** @param terms changes of the template */
  static async of(merchant: TestMerchant, terms: Changes = {}): Promise<TestCards> {
    const answer = await merchant.control('POST', '/discount-card/templates', templateInput(terms))
    if (answer.status !== 201) throw new Error(answer.text)
    return new TestCards(merchant, answer.json)
  }

  prepareBody(changes: Changes = {}) {
    return {
      out_card_code: newNumber(),
      card_template_id: this.template.cardTemplateId,
      appid: this.merchant.info.appid,
      notify_url: NOWHERE,
      ...changes,
    }
  }

  prepare(body: object = this.prepareBody()): Promise<RawAnswer> {
    return this.merchant.call('POST', CARDS, body)
  }

  /** A card that nobody has taken. @param changes of the request */
  async prepared(changes: Changes = {}): Promise<{ readonly code: string; readonly token: string }> {
    const body = this.prepareBody(changes)
    return { code: body.out_card_code, token: (await this.prepare(body)).json.prepare_card_token }
  }

  query(code: string): Promise<RawAnswer> {
    return this.merchant.call('GET', `${CARDS}/${code}`)
  }

  /** A control call on one card: `take`, `quit`, `settle` or `deduct`. */
  act(code: string, act: string, input: Changes = {}): Promise<RawAnswer> {
    return this.merchant.control('POST', `/discount-card/cards/${code}/${act}`, input)
  }

  /** What the phone is told on WeChat's page of this path. @param changes of the call */
  async visit(path: unknown, action: string, openid = HOLDER, changes: Changes = {}) {
    const given = {
      appid: this.merchant.info.appid,
      openid,
      appId: CARD_APPID,
      path,
      extraData: {},
      action,
      ...changes,
    }
    return (await this.merchant.control('POST', '/client/navigate-to-mini-program', given)).json
  }

  changeTemplate(changes: Changes): Promise<RawAnswer> {
    return this.merchant.control('PUT', `/discount-card/templates/${this.template.cardTemplateId}`, changes)
  }

  /** A card that its holder has taken. @param changes of the request that prepared it */
  async take(changes: Changes = {}, openid = HOLDER): Promise<TestCard> {
    const body = this.prepareBody(changes)
    await this.prepare(body)
    const taken = await this.act(body.out_card_code, 'take', { openid })
    if (taken.status !== 200) throw new Error(taken.text)
    return new TestCard(this, body.out_card_code)
  }
}

/** A card that somebody has taken, record by record. */
export class TestCard {
  readonly cards: TestCards
  readonly code: string

  constructor(cards: TestCards, code: string) {
    this.cards = cards
    this.code = code
  }

  /** @param terms changes of the template @param changes of the request that prepared it */
  static async take(merchant: TestMerchant, terms: Changes = {}, changes: Changes = {}): Promise<TestCard> {
    return (await TestCards.of(merchant, terms)).take(changes)
  }

  /** The same card, where its merchant is to be found now. */
  at(merchant: TestMerchant): TestCard {
    return new TestCard(new TestCards(merchant, this.cards.template), this.code)
  }

  get merchant(): TestMerchant {
    return this.cards.merchant
  }

  /** A record of the first goal, with a new serial number. */
  completion(changes: Changes = {}) {
    return {
      objective_completion_serial_no: newNumber(),
      objective_id: this.cards.template.objectives[0]?.objectiveId,
      completion_time: '2026-03-05T13:29:35.120+08:00',
      completion_type: 'INCREASE',
      description: '购买商品',
      completion_count: 1,
      ...changes,
    }
  }

  /** A record of the first reward, with a new serial number. */
  usage(changes: Changes = {}) {
    return {
      reward_usage_serial_no: newNumber(),
      reward_id: this.cards.template.rewards[0]?.rewardId,
      usage_time: '2026-03-05T13:29:35.120+08:00',
      usage_type: 'INCREASE',
      description: '购买商品',
      usage_count: 1,
      amount: 100,
      ...changes,
    }
  }

  add(changes: Changes): Promise<RawAnswer> {
    const body = { card_template_id: this.cards.template.cardTemplateId, ...changes }
    return this.merchant.call('POST', `${CARDS}/${this.code}/add-user-records`, body)
  }

  complete(changes: Changes = {}): Promise<RawAnswer> {
    return this.add({ objective_completion_records: [this.completion(changes)] })
  }

  use(amount: number, changes: Changes = {}): Promise<RawAnswer> {
    return this.add({ reward_usage_records: [this.usage({ amount, ...changes })] })
  }

  /** One purchase at a discount. */
  async buy(discountFen: number): Promise<void> {
    await this.use(discountFen)
    await this.complete()
  }

  async query() {
    return (await this.cards.query(this.code)).json
  }

  /** What `/_sim/discount-card/cards/{outCardCode}` shows. */
  async shown() {
    return (await this.merchant.control('GET', `/discount-card/cards/${this.code}`)).json
  }

  quit(): Promise<RawAnswer> {
    return this.cards.act(this.code, 'quit')
  }

  settle(): Promise<RawAnswer> {
    return this.cards.act(this.code, 'settle')
  }

  deduct(result: 'succeed' | 'fail'): Promise<RawAnswer> {
    return this.cards.act(this.code, 'deduct', { result })
  }
}
