/** One row of a 交易账单, by column name; a bill that lacks a column has the value of its absence. */
export interface TradeBillRow {
  /** By 交易状态; `other` is what this version does not know: imported, listed, never guessed. */
  readonly kind: 'payment' | 'refund' | 'revoked' | 'other'
  /** 交易时间, to the second. */
  readonly tradeTime: Date
  readonly appid: string
  readonly mchid: string
  /** 特约商户号; null in merchant mode, where it is printed as 0. */
  readonly subMchid: string | null
  readonly deviceId: string
  /** 微信订单号. */
  readonly transactionId: string
  /** 商户订单号. */
  readonly outTradeNo: string
  /** 用户标识. */
  readonly openid: string
  /** 交易类型 and 交易状态 as printed: neither is the enum of the API. */
  readonly tradeType: string
  readonly tradeState: string
  readonly bankType: string
  readonly currency: string
  /** 应结订单金额: 0 on refund rows. */
  readonly settlementFen: number
  /** 代金券金额. */
  readonly couponFen: number
  /** Present exactly when the row names a 微信退款单号. */
  readonly refund: TradeBillRefund | null
  /** 商品名称. */
  readonly description: string
  /** 商户数据包. */
  readonly attach: string
  /** 手续费 in thousandths of a fen, as printed with five decimals of a yuan; negative or 0 on refund rows. */
  readonly feeMilliFen: number
  readonly rate: string
  /** 订单金额: what the order asked for; null in the early format, which has no such column. */
  readonly orderFen: number | null
  readonly rateNote: string
}

export interface TradeBillRefund {
  /** 微信退款单号. */
  readonly refundId: string
  /** 商户退款单号. */
  readonly outRefundNo: string
  /** 退款金额: what goes back to the shopper in cash, without coupons. */
  readonly amountFen: number
  readonly couponFen: number
  /** 退款类型 and 退款状态 as printed: SUCCESS PROCESSING FAIL CHANGE, not the enum of the API. */
  readonly type: string
  readonly status: string
  /** 申请退款金额; null in the early format. */
  readonly appliedFen: number | null
  /** Only a REFUND bill prints these. */
  readonly appliedAt: Date | null
  readonly succeededAt: Date | null
}

/** 汇总 of a 交易账单. */
export interface TradeBillSummary {
  readonly rows: number
  readonly settlementFen: number
  readonly refundFen: number
  readonly couponRefundFen: number
  readonly feeMilliFen: number
  /** null in the early format. */
  readonly orderFen: number | null
  readonly appliedRefundFen: number | null
}

/** One row of a 资金账单: a change of one account, with the balance after it. */
export interface FundFlowRow {
  /** 记账时间, to the second. */
  readonly bookedAt: Date
  /** 微信支付业务单号: transaction_id or refund_id, or that of a withdrawal and others. */
  readonly businessId: string
  /** 资金流水单号. */
  readonly flowId: string
  /** 业务名称 and 业务类型 as printed; no list of them is published. */
  readonly businessName: string
  readonly businessType: string
  readonly direction: 'in' | 'out'
  /** 收支金额, positive. */
  readonly amountFen: number
  /** 账户结余 after the row. */
  readonly balanceFen: number
  /** 资金变更提交申请人. */
  readonly submitter: string
  readonly remark: string
  /** 业务凭证号. */
  readonly voucherNo: string
}

/** 汇总 of a 资金账单. */
export interface FundFlowSummary {
  readonly rows: number
  readonly inRows: number
  readonly inFen: number
  readonly outRows: number
  readonly outFen: number
}
