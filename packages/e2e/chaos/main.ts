/**
 * `pnpm chaos --payments N --seed S [--kills K]`: two real server processes, real PostgreSQL, the local WeChat Pay, and
 * people who pay, cancel, pay twice and want their money back while everything breaks. Then peace, and the books of both
 * sides must agree to the fen.
 */
import { watchForInterruption } from './interruption.ts'
import { paidAt, sum, sumAt } from './invariants.ts'
import { type ChaosOptions, readOptions, UsageError } from './options.ts'
import { type Outcome, runChaos } from './run.ts'

const signal = watchForInterruption()
try {
  const options = readOptions(process.argv.slice(2))
  const again = `--payments ${options.payments} --seed ${options.seed} --kills ${options.kills}`
  console.log(`chaos ${again}`)
  const startedAt = performance.now()
  const elapsed = () => ((performance.now() - startedAt) / 1000).toFixed(0)
  const outcome = await runChaos(options, (line) => console.log(`  ${elapsed().padStart(4)} s  ${line}`), signal)
  report(options, outcome, elapsed())
  if (outcome.violations.length > 0) {
    console.log(`again: pnpm chaos ${again}`)
    process.exitCode = 1
  }
} catch (error) {
  if (signal.aborted) {
    console.error('stopped; nothing is left running')
    // People are still in the middle of something.
    process.exit(130)
  }
  console.error(error instanceof UsageError ? error.message : error)
  process.exit(error instanceof UsageError ? 2 : 1)
}

function report(options: ChaosOptions, outcome: Outcome, seconds: string): void {
  const { books, violations, kills, deliveries, differences } = outcome
  const paid = paidAt(books.wechat)
  const inBooks = new Set(books.movements.map(({ providerRef }) => providerRef))
  const lost = paid.filter(({ transactionId }) => !inBooks.has(transactionId ?? '')).length
  const double = books.movements.filter(({ kind }) => kind === 'payment').length - (paid.length - lost)
  const deltaFen = sumAt(books.wechat) - sum(books.movements.map(({ amountFen }) => amountFen))
  const settled = (settlement: string) => books.charges.filter((charge) => charge.settlement === settlement).length
  console.log(
    `orders       ${books.orders.length}, paid ${books.orders.filter(({ state }) => state === 'paid').length}`,
  )
  const lessons = (state: string) => books.lessons.filter((lesson) => lesson.state === state).length
  console.log(`lessons      ${lessons('paid')} paid, ${lessons('cancelled')} cancelled, ${lessons('unused')} not taken`)
  const cards = (state: string) => books.cards.filter((card) => card.state === state).length
  console.log(
    `cards        ${cards('finished')} kept, ${cards('paid')} paid back, ${cards('unfinished')} ended for nothing`,
  )
  console.log(`unwanted     ${settled('paid_after_close')} paid after close, ${settled('paid_twice')} paid twice`)
  console.log(`refunds      ${books.refunds.length}`)
  console.log(`money        ${sumAt(books.wechat)} fen stayed at WeChat Pay`)
  console.log(`deliveries   ${deliveries}`)
  console.log(`kills        ${kills.servers} servers, ${kills.databases} databases`)
  console.log(
    `bills        ${outcome.billDays} reconciled, ${differences.found} differences found, ${differences.left.length} left`,
  )
  console.log(`took         ${seconds} s for ${options.payments} orders`)
  console.log(`${lost} lost, ${double} double, difference to the simulator's ledger ${deltaFen} fen`)
  for (const violation of violations) console.log(`VIOLATED: ${violation}`)
  if (violations.length === 0) console.log('every invariant holds')
}
