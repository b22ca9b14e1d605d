import { schema } from '@shouyin/wechatpay-core/bills'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { Generated, NewFundEdits, NewTradeEdits } from '../kernel/bill-edits.ts'
import type { Env } from '../kernel/call.ts'
import type { Membership, Simulator } from '../kernel/simulator.ts'
import { type Bill, fundFlowBill, stateOf, tradeBill } from '../products/bills/model/bill.ts'
import { isDay, readyMsOf } from '../products/bills/model/day.ts'
import { firstUnknown, joinEdits, namesOfFund, namesOfTrade } from '../products/bills/model/edit.ts'
import { fileOf } from '../products/bills/model/file.ts'
import { completeFundRow, completeTradeRow } from '../products/bills/model/new-rows.ts'
import { checkInput, membershipOf, readInput } from './input.ts'
import { Problem } from './problem.ts'

const SHOWN = { default: 1000, max: 100_000 }

const Query = v.object({
  type: v.optional(v.picklist([...schema.billTypes, ...schema.accountTypes]), 'ALL'),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,6}$/, 'must be a whole number'),
      v.transform(Number),
      v.maxValue(SHOWN.max, `must be at most ${SHOWN.max}`),
    ),
    String(SHOWN.default),
  ),
})

/** Whose bill of which day and type is meant, and how many of its rows are shown. */
interface Target extends Membership {
  readonly date: string
  readonly type: schema.BillType | schema.AccountType
  readonly limit: number
}

/** 账单: what a day's bills show, and what is to be wrong with them. */
export function bills(simulator: Simulator): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/bills/:date', (c) => c.json(describe(targetOf(c, simulator))))
  app.post('/bills/:date', async (c) => {
    const target = targetOf(c, simulator)
    if (isAccount(target.type)) editFunds(target, target.type, await readInput(c, NewFundEdits))
    else editTrade(target, await readInput(c, NewTradeEdits))
    return c.json(describe(target))
  })
  app.post('/bills/:date/generate', async (c) => {
    const target = targetOf(c, simulator)
    const { world, merchant, date } = target
    world.bills.put({ ...world.bills.day(merchant.mchid, date), generated: await readInput(c, Generated) })
    const bill = tradeBill(target, date, 'ALL')
    // Seconds for a million rows: better here than when a backend applies for the bill and waits.
    if (stateOf(target, bill) === 'ready') await fileOf(bill)
    return c.json(describe(target))
  })
  app.delete('/bills/:date', (c) => {
    const { world, merchant, date } = targetOf(c, simulator)
    world.bills.forget(merchant.mchid, date)
    return c.body(null, 204)
  })
  return app
}

function targetOf(c: Context<Env>, simulator: Simulator): Target {
  const date = c.req.param('date') ?? ''
  if (!isDay(date)) throw new Problem(400, 'INVALID_INPUT', `date: must be a day such as 2026-11-20`, 'date')
  return { ...membershipOf(c, simulator), date, ...checkInput(Query, c.req.query()) }
}

const isAccount = (type: Target['type']): type is schema.AccountType =>
  schema.accountTypes.some((account) => account === type)

function editTrade(target: Target, { state, add, ...input }: v.InferOutput<typeof NewTradeEdits>): void {
  const { world, date } = target
  const { day, happened } = tradeBill(target, date, 'ALL')
  mustFit(firstUnknown(happened(), input, namesOfTrade))
  const rows = add.map((row) => completeTradeRow(row, { ...target, appid: world.appid }))
  world.bills.put({
    ...day,
    state: state === undefined ? day.state : state,
    trade: joinEdits(day.trade, { ...input, add: rows }),
  })
}

function editFunds(
  target: Target,
  account: schema.AccountType,
  { state, add, ...input }: v.InferOutput<typeof NewFundEdits>,
): void {
  const { world, date } = target
  const { day, happened } = fundFlowBill(target, date, account)
  mustFit(firstUnknown(happened(), input, namesOfFund))
  const rows = add.map((row) => completeFundRow(row, date))
  const edits = joinEdits(day.funds[account], { ...input, add: rows })
  world.bills.put({ ...day, state: state === undefined ? day.state : state, funds: { ...day.funds, [account]: edits } })
}

/** A number with a slip in it would change nothing, and nobody would know. */
function mustFit(unknown: object | undefined): void {
  if (!unknown) return
  const words = `no row has ${JSON.stringify(unknown)}: GET shows the numbers of this bill, before edits`
  throw new Problem(404, 'ROW_NOT_FOUND', words, Object.keys(unknown)[0])
}

function describe(target: Target) {
  const { date, type } = target
  if (isAccount(type)) {
    const bill = fundFlowBill(target, date, type)
    return { ...overview(target, bill), edits: withTimes(bill.day.funds[type]) }
  }
  const bill = tradeBill(target, date, type)
  return { ...overview(target, bill), edits: withTimes(bill.day.trade), generated: bill.day.generated }
}

function overview<Row>(target: Target, bill: Bill<Row>) {
  const { world, merchant, date, type, limit } = target
  const shown: unknown[] = []
  let total = 0
  for (const row of bill.rows()) {
    total += 1
    if (total <= limit) shown.push(withTimes(row))
  }
  const readyAt = formatShanghai(new Date(readyMsOf(date, world.switches.billReadyAt)))
  return { mchid: merchant.mchid, date, type, state: stateOf(target, bill), readyAt, total, rows: shown }
}

/** JSON with the times of a bill in the zone of a bill. */
function withTimes(value: unknown): unknown {
  if (value instanceof Date) return formatShanghai(value)
  if (Array.isArray(value)) return value.map(withTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTimes(member)]))
}
