import { parseArgs } from 'node:util'
import type { lessons as contract } from '@shouyin/contracts/merchant'
import { listLessons } from '../products/payscore/lessons/list.ts'
import { lessonStates } from '../products/payscore/states.ts'
import { asShop } from './as-shop.ts'
import { type Command, UsageError } from './command.ts'
import { formatLesson } from './lesson-text.ts'

const SHOWN_MAX = 100

export const lessonsList: Command = {
  options: `[--status ${lessonStates.join('|')}]`,
  summary: 'the lessons of all shoppers, the newest last: id, status, yuan, plan, lesson, openid',
  async run(args, print) {
    const { values } = parseArgs({ args: [...args], options: { status: { type: 'string' } } })
    const status = readStatus(values.status)
    const { lessons, next } = await asShop('lessons', (ctx) => listLessons(ctx, { limit: SHOWN_MAX, status }))
    if (next !== null) print(`the last ${SHOWN_MAX}; all of them: GET /api/merchant/lessons`)
    for (const lesson of lessons.toSorted(byCourse)) for (const line of formatLesson(lesson)) print(line)
    if (lessons.length === 0) print(`no lesson is ${status ?? 'there yet: nobody has bought a plan'}`)
    return 0
  },
}

/** Ids tell the time, but not within the moment in which a course is bought. */
const byCourse = (a: contract.MerchantLesson, b: contract.MerchantLesson): number =>
  a.signPlanId.localeCompare(b.signPlanId) || a.number - b.number

function readStatus(text: string | undefined) {
  const status = lessonStates.find((one) => one === text)
  if (text === undefined || status) return status
  throw new UsageError(`--status ${text} is none of ${lessonStates.join(', ')}`)
}
