import * as v from 'valibot'
import { Fen } from '../money.ts'
import { Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

const Day = v.pipe(v.string(), v.isoDate('must be a day such as 2026-11-20'))

/** Signed fen: positive when WeChat Pay has more than our books. */
const SignedFen = v.pipe(v.number(), v.safeInteger())

/** How far one bill of one day is. */
export const BillDay = v.object({
  mchid: v.string(),
  date: v.string(),
  bill: v.picklist(['trade', 'BASIC', 'OPERATION', 'FEES']),
  state: v.picklist(['waiting', 'imported', 'empty', 'reconciled']),
  rows: v.number(),
  /** What WeChat Pay's rows of the day add up to: payments less refunds, or the change of the balance. */
  sumFen: v.nullable(SignedFen),
  /** 账户结余 before the first and after the last row of an account. */
  openingFen: v.nullable(SignedFen),
  closingFen: v.nullable(SignedFen),
  /** 提现: what left an account for the bank on that day. */
  reachedBankFen: v.nullable(SignedFen),
  openDifferences: v.number(),
  problem: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
})

/**
 * missing_here: WeChat Pay has it, our books do not · missing_there: the other way round · amount: both have it with
 * another sum · state: both have it in another state · chain: the balance does not add up · other: a row of a type that
 * this version does not know.
 */
export const differenceKinds = [
  'payment_missing_here',
  'payment_missing_there',
  'payment_amount',
  'refund_missing_here',
  'refund_missing_there',
  'refund_amount',
  'refund_state',
  'fund_flow_missing',
  'fund_flow_amount',
  'balance_chain',
  'other',
] as const

export const Difference = v.object({
  id: v.string(),
  mchid: v.string(),
  date: v.string(),
  /** In which bill of that day. */
  bill: BillDay.entries.bill,
  kind: v.picklist(differenceKinds),
  /** transaction_id, refund_id or 资金流水单号. */
  reference: v.string(),
  outTradeNo: v.nullable(v.string()),
  outRefundNo: v.nullable(v.string()),
  /** WeChat Pay's sum less ours. */
  deltaFen: SignedFen,
  detail: v.record(v.string(), v.unknown()),
  state: v.picklist(['open', 'resolved']),
  /** How it was resolved: by itself, or the words of the person. */
  note: v.nullable(v.string()),
  resolvedBy: v.nullable(v.string()),
  createdAt: v.string(),
  resolvedAt: v.nullable(v.string()),
})
export type Difference = v.InferOutput<typeof Difference>

export const listBillDays = defineRoute({
  method: 'GET',
  path: '/api/merchant/bill-days',
  summary: 'The bills of the last days and what became of them, newest first',
  scope: 'books:read',
  input: v.strictObject({ ...page }),
  output: v.object({ days: v.array(BillDay), next }),
  errors: {},
})

export const listDifferences = defineRoute({
  method: 'GET',
  path: '/api/merchant/differences',
  summary: "Where our books and WeChat Pay's bills disagree, newest first",
  scope: 'books:read',
  input: v.strictObject({
    ...page,
    state: v.optional(v.picklist(['open', 'resolved'])),
    kind: v.optional(v.picklist(differenceKinds)),
    date: v.optional(Day),
  }),
  output: v.object({
    differences: v.array(Difference),
    next,
    /** Of all open differences, signed; and how much money they concern. */
    openDeltaFen: SignedFen,
    openFen: Fen,
  }),
  errors: {},
})

export const resolveDifference = defineRoute({
  method: 'POST',
  path: '/api/merchant/differences/:id/resolve',
  summary: 'Close a difference with an explanation',
  scope: 'books:write',
  input: v.strictObject({ id: Id, note: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)) }),
  output: Difference,
  errors: { DIFFERENCE_NOT_FOUND: 404, DIFFERENCE_RESOLVED: 409 },
})
