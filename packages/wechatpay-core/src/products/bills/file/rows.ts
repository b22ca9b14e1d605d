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
  /** 退款金额: 申请退款金额 without 免充值券, so with the part that 充值券 have. It leaves the merchant's account. */
  readonly amountFen: number
  /** 充值券退款金额: the part of `amountFen` that goes back into coupons. */
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

/** 汇总 of a 交易账单: null is a sum that it does not print, such as those of refunds in a SUCCESS bill. */
export interface TradeBillSummary {
  readonly rows: number
  readonly settlementFen: number | null
  readonly refundFen: number | null
  readonly couponRefundFen: number | null
  readonly feeMilliFen: number | null
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
  /** 业务名称 and 业务类型 as printed; the lists that are published will change, says their page. */
  readonly businessName: string
  readonly businessType: string
  readonly direction: 'in' | 'out'
  /** 收支金额, positive. */
  readonly amountFen: number
  /** 账户结余 after the row. */
  readonly balanceFen: number
  /** 资金变更提交申请人. */
  readonly submitter: string
  /** 备注 and 业务凭证号 as printed: what was escaped in them cannot be told from what was not. */
  readonly remark: string
  readonly voucherNo: string
}

/** 汇总 of a 资金账单; null as above. */
export interface FundFlowSummary {
  readonly rows: number
  readonly inRows: number | null
  readonly inFen: number | null
  readonly outRows: number | null
  readonly outFen: number | null
}
