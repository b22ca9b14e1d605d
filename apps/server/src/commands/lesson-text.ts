import type { lessons } from '@shouyin/contracts/merchant'
import { UsageError } from './command.ts'

/** One lesson in one line, and what WeChat Pay does not like in another. */
export function* formatLesson(lesson: lessons.MerchantLesson): Generator<string> {
  const { id, status, amountFen, priceFen, number, name, planName, openid, problem } = lesson
  const yuan = ((amountFen ?? priceFen) / 100).toFixed(2)
  yield `${id}  ${status.padEnd(10)} ${yuan.padStart(10)}  ${planName} ${number} ${name}  ${openid}`
  if (problem !== null) yield `  ${problem}`
}

/** @throws UsageError */
export function readLessonId([id = '', ...others]: readonly string[]): string {
  if (id === '' || id.length > 64 || others.length > 0) {
    throw new UsageError('give one lesson: its id as pnpm shouyin lessons shows it, or its 商户服务订单号')
  }
  return id
}
