import { file, type schema } from '@shouyin/wechatpay-core/bills'
import type { BillDay } from '../../../kernel/bill-edits.ts'
import type { Membership } from '../../../kernel/simulator.ts'
import { boundsOf, readyMsOf } from './day.ts'
import { editFundRows, editTradeRows } from './edit.ts'
import { fundRows } from './fund-rows.ts'
import { generateTradeRows } from './generate.ts'
import { tradeRows } from './trade-rows.ts'

/** One bill as it is now: later edits do not change it. Both are made anew each time they are asked for. */
export interface Bill<Row> {
  readonly day: BillDay
  readonly type: schema.BillType | schema.AccountType
  /** What happened and what was generated, before edits. */
  readonly happened: () => Iterable<Row>
  readonly rows: () => Iterable<Row>
  /** With line breaks, as the file has them. */
  readonly lines: () => Iterable<string>
}

/** 交易账单. ALL, SUCCESS and REFUND show the same rows, or some of them. */
export function tradeBill(membership: Membership, date: string, type: schema.BillType): Bill<file.TradeBillRow> {
  const { world, merchant } = membership
  const day = world.bills.day(merchant.mchid, date)
  const span = { ...boundsOf(date), madeAtMs: readyMsOf(date, world.switches.billReadyAt) }
  const own = tradeRows(world, merchant.mchid, span)
  const happened = function* () {
    yield* own
    if (day.generated) yield* generateTradeRows({ ...day.generated, date, mchid: merchant.mchid, appid: world.appid })
  }
  const rows = () => only(type, editTradeRows(happened(), day.trade))
  return { day, type, happened, rows, lines: () => file.formatTradeBill(rows(), { type }) }
}

/** 资金账单 of one account. */
export function fundFlowBill(
  { world, merchant }: Membership,
  date: string,
  account: schema.AccountType,
): Bill<file.FundFlowRow> {
  const day = world.bills.day(merchant.mchid, date)
  const own = fundRows(world, merchant.mchid, account, boundsOf(date))
  const rows = () => editFundRows(own, day.funds[account])
  return { day, type: account, happened: () => own, rows, lines: () => file.formatFundFlowBill(rows()) }
}

function* only(type: schema.BillType, rows: Iterable<file.TradeBillRow>): Iterable<file.TradeBillRow> {
  for (const row of rows) if (type === 'ALL' || (type === 'REFUND') === (row.kind === 'refund')) yield row
}

/** 生成中, 无账单, or ready to be fetched. */
export function stateOf<Row>({ world }: Membership, { day, rows }: Bill<Row>): 'creating' | 'none' | 'ready' {
  if (day.state) return day.state
  if (world.clock.nowMs() < readyMsOf(day.date, world.switches.billReadyAt)) return 'creating'
  for (const _ of rows()) return 'ready'
  return 'none'
}
