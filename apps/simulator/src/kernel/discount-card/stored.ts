import type { states } from '@shouyin/wechatpay-core/discount-card'

/** What WeChat Pay keeps of discount cards; times in milliseconds of business time. */

/** 先享卡模板: made by WeChat's staff from the merchant's form in life, by `/_sim/discount-card/templates` here. */
export interface StoredTemplate {
  readonly mchid: string
  readonly cardTemplateId: string
  readonly name: string
  readonly objectives: readonly {
    readonly objectiveId: string
    readonly name: string
    readonly count: number
    readonly unit: string
    readonly description: string | null
  }[]
  readonly rewards: readonly {
    readonly rewardId: string
    readonly name: string
    readonly countType: states.CountType
    readonly count: number
    readonly unit: string
    readonly amountFen: number
    readonly description: string | null
  }[]
  /** From when it is taken. */
  readonly durationSeconds: number
  readonly createdAtMs: number
  /** 激活. */
  isActive: boolean
  /** 活动时间; null: no bound. */
  opensAtMs: number | null
  closesAtMs: number | null
  /** 微信号白名单, while the service is not online for everybody; null: it is. */
  whitelist: readonly string[] | null
}

/** 预受理领卡请求: nobody's card yet. */
export interface StoredPreparation {
  readonly mchid: string
  readonly appid: string
  readonly outCardCode: string
  readonly cardTemplateId: string
  readonly notifyUrl: string
  /** A fingerprint of the request: a repeated number must bring the same. */
  readonly parameters: string
  readonly namesPublicKey: boolean
  readonly createdAtMs: number
  /** The newest one is the last. */
  readonly tokens: { readonly text: string; readonly issuedAtMs: number }[]
}

export interface StoredCompletion {
  readonly serialNo: string
  readonly objectiveId: string
  readonly time: string
  readonly type: states.RecordType
  readonly description: string
  readonly count: number
  readonly remark: string | null
}

export interface StoredUsage {
  readonly serialNo: string
  readonly rewardId: string
  readonly time: string
  readonly type: states.RecordType
  readonly description: string
  readonly count: number
  readonly amountFen: number
  readonly remark: string | null
}

/** 先享卡订单: a card that somebody took. Terms are those of its template when it was taken. */
export interface StoredCard {
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  readonly cardId: string
  readonly cardTemplateId: string
  readonly outCardCode: string
  readonly objectives: StoredTemplate['objectives']
  readonly rewards: StoredTemplate['rewards']
  readonly createdAtMs: number
  readonly beginAtMs: number
  readonly endAtMs: number
  readonly completions: StoredCompletion[]
  readonly usages: StoredUsage[]
  state: states.CardState
  unfinishedReason: states.UnfinishedReason | null
  /** Until when it is SETTLING; null: it is not. */
  settleAtMs: number | null
  endedAtMs: number | null
  /** Since it ended with something enjoyed and not deserved. */
  payState: states.PayState | null
  /** When WeChat tries to deduct next; null: it does not, or not any more. */
  deductAtMs: number | null
  attempts: number
  paidAtMs: number | null
  transactionId: string | null
}

/** All of discount cards in one world. */
export interface StoredDiscountCards {
  readonly templates: readonly StoredTemplate[]
  readonly preparations: readonly StoredPreparation[]
  readonly cards: readonly StoredCard[]
}
