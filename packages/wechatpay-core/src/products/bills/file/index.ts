export { formatFundFlowBill, readFundFlowBill } from './fund-flow-bill.ts'
export { payScoreOrderNo } from './pay-score-attach.ts'
export type { FundFlowRow, FundFlowSummary, TradeBillRefund, TradeBillRow, TradeBillSummary } from './rows.ts'
export { formatTradeBill, readTradeBill } from './trade-bill.ts'
