export type { FundFlowRow, FundFlowSummary, TradeBillRefund, TradeBillRow, TradeBillSummary } from './rows.ts'
