import type { schema } from '@shouyin/wechatpay-core/bills'
import { parseRfc3339, Rfc3339 } from '@shouyin/wechatpay-core/contract'
import * as v from 'valibot'

const text = v.string('must be text')
const whole = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'))
const moment = v.pipe(Rfc3339, v.transform(parseRfc3339))

const refund = {
  refundId: text,
  outRefundNo: text,
  amountFen: whole,
  couponFen: whole,
  type: text,
  status: text,
  appliedFen: v.nullable(whole),
  appliedAt: v.nullable(moment),
  succeededAt: v.nullable(moment),
}

/** A row of a 交易账单, but for its refund. */
const trade = {
  kind: v.picklist(['payment', 'refund', 'revoked', 'other'], 'must be payment, refund, revoked or other'),
  tradeTime: moment,
  appid: text,
  mchid: text,
  subMchid: v.nullable(text),
  deviceId: text,
  transactionId: text,
  outTradeNo: text,
  openid: text,
  tradeType: text,
  tradeState: text,
  bankType: text,
  currency: text,
  settlementFen: whole,
  couponFen: whole,
  description: text,
  attach: text,
  feeMilliFen: whole,
  rate: text,
  orderFen: v.nullable(whole),
  rateNote: text,
}

const fund = {
  bookedAt: moment,
  businessId: text,
  flowId: text,
  businessName: text,
  businessType: text,
  direction: v.picklist(['in', 'out'], 'must be in or out'),
  amountFen: whole,
  balanceFen: whole,
  submitter: text,
  remark: text,
  voucherNo: text,
}

type Partly<Entries> = {
  readonly [Name in keyof Entries]: v.ExactOptionalSchema<Entries[Name] & v.GenericSchema, undefined>
}

/** `v.partial`, but a member that is given is never undefined. */
const partly = <Entries extends v.ObjectEntries>(entries: Entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, v.exactOptional(entry as v.GenericSchema)]),
  ) as Partly<Entries>

const TradeRow = v.strictObject({ ...trade, refund: v.nullable(v.strictObject(refund)) })
const FundRow = v.strictObject(fund)

/** What a row to be added must say; the rest has defaults. */
const NewTradeRow = v.pipe(
  v.strictObject({
    ...partly(trade),
    transactionId: text,
    outTradeNo: text,
    refund: v.exactOptional(v.strictObject({ ...partly(refund), refundId: text, outRefundNo: text, amountFen: whole })),
  }),
  v.check((row) => row.orderFen !== undefined || row.refund !== undefined, 'must have orderFen or refund'),
)
export type NewTradeRow = v.InferOutput<typeof NewTradeRow>
const NewFundRow = v.strictObject({
  ...partly(fund),
  flowId: text,
  direction: fund.direction,
  amountFen: whole,
  balanceFen: whole,
})
export type NewFundRow = v.InferOutput<typeof NewFundRow>

const TradeSet = v.strictObject({ ...partly(trade), refund: v.exactOptional(v.strictObject(partly(refund))) })
const FundSet = v.strictObject(partly(fund))

/** The row of a payment by either of its numbers, that of a refund by its own, one of a 资金账单 by 资金流水单号. */
const Match = v.pipe(
  v.strictObject(partly({ transactionId: text, outTradeNo: text, outRefundNo: text, flowId: text })),
  v.check(
    (match) => Object.keys(match).length === 1,
    'must name rows by one of transactionId, outTradeNo, outRefundNo, flowId',
  ),
)
export type Match = v.InferOutput<typeof Match>

const listOf = <S extends v.GenericSchema>(item: S) => v.optional(v.array(item, 'must be a list'), [])
const editsOf = <Row extends v.GenericSchema, Set extends v.GenericSchema>(row: Row, set: Set) => ({
  add: listOf(row),
  change: listOf(v.strictObject({ match: Match, set })),
  drop: listOf(Match),
})

const TradeEdits = v.strictObject(editsOf(TradeRow, TradeSet))
const FundEdits = v.strictObject(editsOf(FundRow, FundSet))
export type TradeEdits = v.InferOutput<typeof TradeEdits>
export type FundEdits = v.InferOutput<typeof FundEdits>

const State = v.nullable(v.picklist(['creating', 'none'], 'must be creating, none or null'))

/** What `POST /_sim/bills/{date}` takes. */
export const NewTradeEdits = v.strictObject({ ...editsOf(NewTradeRow, TradeSet), state: v.exactOptional(State) })
export const NewFundEdits = v.strictObject({ ...editsOf(NewFundRow, FundSet), state: v.exactOptional(State) })

/** Rows that are made from a seed, after those that happened. */
export const Generated = v.strictObject({
  rows: v.pipe(whole, v.minValue(1, 'must be at least 1'), v.maxValue(10_000_000, 'must be at most 10000000')),
  seed: v.optional(v.pipe(whole, v.minValue(0, 'must not be negative')), 1),
  /** Every so many rows one is a refund; 0: none. */
  refundEvery: v.optional(
    v.pipe(
      whole,
      v.check((every) => every === 0 || every >= 2, 'must be 0 or at least 2'),
    ),
    50,
  ),
})
export type Generated = v.InferOutput<typeof Generated>

/** What is different about the bills of one merchant for one day. */
export const BillDay = v.strictObject({
  mchid: text,
  date: text,
  state: State,
  generated: v.nullable(Generated),
  trade: TradeEdits,
  funds: v.strictObject({ BASIC: FundEdits, OPERATION: FundEdits, FEES: FundEdits }),
}) satisfies v.GenericSchema<unknown, { readonly funds: Readonly<Record<schema.AccountType, FundEdits>> }>
export type BillDay = v.InferOutput<typeof BillDay>
