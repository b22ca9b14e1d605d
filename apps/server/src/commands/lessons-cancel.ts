import { parseArgs } from 'node:util'
import { cancelLesson } from '../products/payscore/lessons/cancel.ts'
import { asShop } from './as-shop.ts'
import { type Command, UsageError } from './command.ts'
import { formatLesson, readLessonId } from './lesson-text.ts'

const REASON_MAX = 50

export const lessonsCancel: Command = {
  options: '<lesson> --reason <text>',
  summary: 'nothing is collected for a lesson that was begun, also while WeChat Pay tries',
  async run(args, print) {
    const options = { reason: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const input = { id: readLessonId(positionals), reason: readReason(values.reason) }
    const lesson = await asShop('lessons:cancel', (ctx) => cancelLesson(ctx, input))
    for (const line of formatLesson(lesson)) print(line)
    return 0
  },
}

function readReason(text = ''): string {
  const reason = text.trim()
  if (reason !== '' && [...reason].length <= REASON_MAX) return reason
  throw new UsageError(`--reason must say why, in 1 to ${REASON_MAX} characters; WeChat Pay is told`)
}
