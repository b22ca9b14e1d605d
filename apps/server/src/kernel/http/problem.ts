import { commonProblems, type Problem } from '@shouyin/contracts/problem'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isTransient } from '../db.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'

const RETRY_AFTER_SECONDS = 1

type Statuses = Readonly<Record<string, number>>

/**
 * Any error as an answer of ours. Only what is declared is told to the caller; the rest is 500 and a line in the log.
 * @param declared the codes of the route with their statuses
 */
export function answerProblem(c: Context, error: unknown, log: Logger, declared: Statuses = {}): Response {
  const known = toAppError(error)
  const status = known && statusOf(known.code, declared)
  if (known && status !== undefined) return respond(c, status, known)
  const { requestId, operation, ref } = c.var as { requestId: string; operation?: string; ref?: string }
  const code = known?.code
  log.error(
    { requestId, ref, operation, code, err: error },
    known ? 'a code that the route does not declare' : 'defect',
  )
  return respond(c, 500, new AppError('INTERNAL_ERROR', '系统出错了，请稍后再试'))
}

function toAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (!isTransient(error)) return undefined
  return new AppError('UNAVAILABLE', '系统繁忙，请稍后再试', { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

const statusOf = (code: string, declared: Statuses): number | undefined =>
  [declared, commonProblems as Statuses].find((codes) => Object.hasOwn(codes, code))?.[code]

function respond(c: Context, status: number, { code, message, field, retryAfterSeconds }: AppError): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
  c.set('code', code)
  const requestId: string = c.get('requestId')
  const problem: Problem = { error: { code, message, ...(field !== undefined && { field }), requestId } }
  return c.json(problem, status as ContentfulStatusCode)
}
