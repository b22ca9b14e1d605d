import { AppError } from '../../../kernel/errors.ts'
import type { Lesson } from '../table.ts'

const RETRY_AFTER_SECONDS = 3

/** What it has to be for that, and what it is. */
export const lessonState = ({ state, amount_fen }: Lesson, wanted: string): AppError =>
  new AppError(
    'LESSON_STATE',
    `the lesson is ${state}${amount_fen === null ? '' : ` with ${amount_fen} fen`}; ${wanted}`,
  )

/** WeChat Pay did nothing, and says why. */
export const refusedByWechat = ({ problem }: Lesson): AppError =>
  new AppError('WECHATPAY_REFUSED', `WeChat Pay does not take it: ${problem ?? 'it gives no reason'}`)

/** What was asked for is committed: it goes on by itself, and asking again is safe. */
export const unanswered = ({ state }: Lesson): AppError =>
  new AppError(
    'WECHATPAY_UNAVAILABLE',
    `WeChat Pay has not answered yet; the lesson is ${state} and goes on by itself`,
    {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    },
  )
