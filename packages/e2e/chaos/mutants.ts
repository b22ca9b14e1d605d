/**
 * `pnpm chaos:mutants`: the server is broken on purpose, one way at a time, and the same chaos runs against it. Each
 * mutant must be caught: a proof that says nothing about a broken house says nothing about a whole one.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { watchForInterruption } from './interruption.ts'
import { runChaos } from './run.ts'

interface Mutant {
  readonly name: string
  readonly file: string
  /** Stands there once. */
  readonly from: string
  readonly to: string
  /** Says why it is caught: part of a broken guarantee's name. */
  readonly breaks: string
}

const mutants: readonly Mutant[] = [
  {
    name: 'close locally only',
    file: 'products/payments/close.ts',
    from: '  // Before the question: an order',
    to: '  return finishClosing(ctx, charge)\n  // Before the question: an order',
    breaks: 'what we call closed cannot be paid',
  },
  {
    name: 'answer before commit',
    file: 'kernel/receive-notification.ts',
    from: '    await Promise.race([openAndStore(ctx, delivery), tooLate])',
    to: '    openAndStore(ctx, delivery).catch(() => undefined)',
    breaks: 'every notification that was accepted was stored',
  },
  {
    name: "ignore the sweep's SUCCESS",
    file: 'products/payments/query.ts',
    from: "said === 'paid' ? await settleAnswer(ctx, answer) : said",
    to: "said === 'paid' ? 'unknown' : said",
    breaks: 'nothing is left undecided',
  },
  {
    name: 'no automatic refund',
    file: 'ledger/settle.ts',
    from: '{ refund: await giveBack(tx, paid, kind, now) }',
    to: '{}',
    breaks: 'money for nothing went back',
  },
  {
    name: 'no amount check',
    file: 'ledger/compare.ts',
    from: '    amountFen: [charge.amount_fen, evidence.amountFen],\n',
    to: '',
    breaks: 'every payment at WeChat is in our books, with its amount',
  },
  {
    name: 'cancel believed unasked',
    file: 'products/payscore/lessons/push.ts',
    from: '  const answer = await queryLesson(ctx, lesson)\n  if (refusal)',
    to: `  if (lesson.state === 'cancelling') {
    const now = ctx.clock.now()
    await inTransaction(ctx.db, (tx) => moveLesson(tx, lesson, { to: 'cancelled', now, cancelled_at: now }))
    return 'answered'
  }
  const answer = await queryLesson(ctx, lesson)
  if (refusal)`,
    breaks: 'a lesson stands with us as at WeChat',
  },
  {
    name: 'no sync of a paid lesson',
    file: 'products/payscore/lessons/query-deduction.ts',
    from: 'isUnheard ? await syncLesson(ctx, now) : first',
    to: 'first',
    breaks: 'WeChat Pay never hears that an order paid lesson',
  },
  {
    name: 'a record believed unasked',
    file: 'products/discount-card/records/tell.ts',
    from: '  const answer = await queryCard(ctx, card)\n',
    to: `  const now = ctx.clock.now()
  const believed = ctx.db.updateTable('card_record').set({ state: 'accepted', accepted_at: now })
  await believed.where('id', '=', record.id).where('state', '=', 'sending').execute()
  const answer = await queryCard(ctx, card)
`,
    breaks: 'WeChat knows of every card exactly what we told',
  },
  {
    name: 'a first word believed',
    file: 'products/discount-card/cards/on-notice.ts',
    from: '  if (isUntaken(card.state)) return confirm(ctx, card, (state) => !isUntaken(state))\n',
    to: '',
    breaks: 'a card stands with us as at WeChat',
  },
]

const SERVER = fileURLToPath(new URL('../../../apps/server', import.meta.url))
const options = { payments: 250, seed: 20_261_121, kills: 4 }

const signal = watchForInterruption()
let escaped = 0
for (const mutant of [undefined, ...mutants]) {
  const folder = mutant && breed(mutant)
  const say = (line: string) => console.log(`${(mutant?.name ?? 'no mutant').padEnd(28)} ${line}`)
  try {
    const main = folder && { serverMain: join(folder, 'src', 'main.ts') }
    const { violations } = await runChaos({ ...options, ...main }, () => undefined, signal)
    const caught = violations.find((violation) => violation.includes(mutant?.breaks ?? ''))
    if (mutant ? caught === undefined : violations.length > 0) escaped += 1
    say(mutant ? (caught ? `caught: ${caught}` : `ESCAPED ${violations.join('; ')}`) : (violations[0] ?? 'holds'))
  } finally {
    if (folder) rmSync(folder, { recursive: true, force: true })
  }
}
if (escaped > 0) process.exitCode = 1

/** A copy of the server with one sentence changed. */
function breed({ name, file, from, to }: Mutant): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-mutant-'))
  cpSync(join(SERVER, 'src'), join(folder, 'src'), { recursive: true })
  cpSync(join(SERVER, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(SERVER, 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'src', file)
  const source = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (source.split(from).length !== 2) throw new Error(`mutant "${name}": its sentence is not in ${file} once`)
  writeFileSync(path, source.replace(from, to))
  return folder
}
