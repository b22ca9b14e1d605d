import type { states } from '@shouyin/wechatpay-core/payscore'

/** What WeChat Pay keeps of Pay Score; times in milliseconds of business time. */

/** 支付分服务: made by WeChat's staff in life, by `/_sim/payscore/services` here. */
export interface StoredService {
  readonly mchid: string
  readonly serviceId: string
  readonly name: string
  /** 按计划确认. */
  hasPlanPermission: boolean
  /** 商户入驻. */
  isEnrolled: boolean
  planMaxDays: number
  planMaxDeductions: number
}

export interface StoredPlan {
  readonly mchid: string
  readonly appid: string
  readonly serviceId: string
  readonly planId: string
  readonly merchantPlanNo: string
  readonly name: string
  readonly durationDays: number
  readonly totalOriginalFen: number
  readonly totalActualFen: number
  readonly details: readonly {
    readonly no: number
    readonly name: string
    readonly originalFen: number
    readonly discount: string | null
    readonly actualFen: number
  }[]
  /** A fingerprint of the request: a repeated number must bring the same. */
  readonly parameters: string
  readonly createdAtMs: number
  state: states.PlanState
  stopMchid: string | null
  stoppedAtMs: number | null
}

export interface StoredSignedDetail {
  readonly no: number
  /** Promised at signing: the service order of this detail must carry it. */
  readonly merchantNo: string
  state: states.DetailState
  orderId: string | null
  actualPayFen: number
  usedAtMs: number | null
  completedAtMs: number | null
  cancelledAtMs: number | null
}

export interface StoredSignPlan {
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  readonly serviceId: string
  readonly planId: string
  readonly signPlanId: string
  readonly merchantSignPlanNo: string
  readonly notifyUrl: string
  readonly parameters: string
  readonly namesPublicKey: boolean
  readonly createdAtMs: number
  /** The newest one is the last. */
  readonly packages: { readonly text: string; readonly issuedAtMs: number }[]
  readonly details: StoredSignedDetail[]
  state: states.SignState
  /** 0: none was used yet. */
  goingNo: number
  signedAtMs: number | null
  overAtMs: number | null
  cancelType: states.CancelSignType
  cancelledAtMs: number | null
  cancelReason: string | null
}

export interface StoredServiceOrder {
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  readonly serviceId: string
  readonly outOrderNo: string
  readonly orderId: string
  /** The other key of the query; in life a page of WeChat returns it. */
  readonly queryId: string
  readonly signPlanId: string
  readonly detailNo: number
  readonly notifyUrl: string
  readonly introduction: string
  readonly attach: string | null
  readonly parameters: string
  readonly namesPublicKey: boolean
  readonly createdAtMs: number
  phase: states.OrderPhase
  /** As the merchant sent them, the last word of each operation. */
  timeRange: Readonly<Record<string, string | undefined>>
  location: Readonly<Record<string, string | undefined>> | null
  payments: readonly object[]
  discounts: readonly object[]
  totalFen: number | null
  completedAtMs: number | null
  /** Fingerprints of 完结 and of 修改: a repeated call must bring the same. */
  completeParameters: string | null
  modifyParameters: string | null
  /** When WeChat tries to deduct next; null: it does not, or not any more. */
  deductAtMs: number | null
  attempts: number
  /** A deduction is under way until then: 单据正在扣款中. */
  busyUntilMs: number | null
  paidAtMs: number | null
  paidType: 'NEWTON' | 'MCH' | null
  transactionId: string | null
  cancelReason: string | null
  cancelledAtMs: number | null
}

/** All of Pay Score in one world. */
export interface StoredPayScore {
  readonly services: readonly StoredService[]
  readonly plans: readonly StoredPlan[]
  readonly signPlans: readonly StoredSignPlan[]
  readonly orders: readonly StoredServiceOrder[]
}
