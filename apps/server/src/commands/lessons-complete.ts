import { parseArgs } from 'node:util'
import { completeLesson } from '../products/payscore/lessons/complete.ts'
import { asShop } from './as-shop.ts'
import { type Command, UsageError } from './command.ts'
import { formatLesson, readLessonId } from './lesson-text.ts'

export const lessonsComplete: Command = {
  options: '<lesson> [--amount <fen>]',
  summary: 'the lesson was given: WeChat Pay collects its price, or less',
  async run(args, print) {
    const options = { amount: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const input = { id: readLessonId(positionals), amountFen: readFen(values.amount) }
    const lesson = await asShop('lessons:complete', (ctx) => completeLesson(ctx, input))
    for (const line of formatLesson(lesson)) print(line)
    return 0
  },
}

function readFen(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--amount ${text} must be whole fen, e.g. 12000 for 120 yuan; 0 gives the lesson away`)
}
