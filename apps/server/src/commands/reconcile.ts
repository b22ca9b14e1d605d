import { parseArgs } from 'node:util'
import { addDays, dayOf, startOf } from '../products/bills/days.ts'
import { type Reconciled, reconcileNow } from '../products/bills/reconcile-now.ts'
import { asking } from '../products.ts'
import { type Command, UsageError } from './command.ts'
import { withCtx } from './with-ctx.ts'

export const reconcile: Command = {
  options: '[--date <yyyy-mm-dd>]',
  summary: 'get the bills of a day (default: yesterday in Shanghai) now and compare them with our books',
  async run(args, print) {
    const { values } = parseArgs({ args: [...args], options: { date: { type: 'string' } } })
    return withCtx(async (ctx) => {
      const today = dayOf(ctx.clock.now())
      const date = values.date === undefined ? addDays(today, -1) : readDay(values.date, today)
      const { mchid } = ctx.config
      const reconciled = await reconcileNow(ctx, asking, { mchid, date })
      print(`bills of ${date}, merchant ${mchid}`)
      for (const line of formatReconciled(reconciled)) print(line)
      return isDone(reconciled) ? 0 : 1
    })
  },
}

function readDay(text: string, today: string): string {
  try {
    if (dayOf(startOf(text)) < today) return text
  } catch {
    throw new UsageError(`--date ${text} is no day; write it like ${addDays(today, -1)}`)
  }
  throw new UsageError(
    `--date ${text} must be a day before today, ${today} in Shanghai: its bill is made the day after`,
  )
}

const isDone = ({ days, open }: Reconciled): boolean =>
  days.every(({ state }) => state === 'reconciled') && open.count === 0

/** A table of the bills, one of the differences, and what they come to, in yuan. */
export function* formatReconciled({ days, differences, open }: Reconciled): Generator<string> {
  yield row('bill', 'state', 'rows', 'sum', 'to the bank')
  for (const { bill, state, rows, sum_fen, bank_fen, problem } of days) {
    yield row(bill, state, String(rows ?? '-'), yuan(sum_fen), yuan(bank_fen)) +
      (problem === null ? '' : `  ${problem}`)
  }
  for (const { kind, reference, out_trade_no, delta_fen, state, note } of differences) {
    const about = [reference, ...(out_trade_no === null ? [] : [`order ${out_trade_no}`])].join(', ')
    yield `  ${state.padEnd(9)} ${kind.padEnd(21)} ${yuan(delta_fen).padStart(12)}  ${about}${note === null ? '' : `: ${note}`}`
  }
  const shown = differences.filter(({ state }) => state === 'open').length
  if (shown < open.count) yield `  … and ${open.count - shown} more: GET /api/merchant/differences`
  yield `${open.count} open; WeChat Pay less our books: ${yuan(open.deltaFen)} yuan`
}

const row = (bill: string, state: string, rows: string, sum: string, bank: string): string =>
  `${bill.padEnd(10)} ${state.padEnd(10)} ${rows.padStart(9)} ${sum.padStart(15)} ${bank.padStart(15)}`

const yuan = (fen: number | null): string => (fen === null ? '-' : (fen / 100).toFixed(2))
