import type { reports } from '@shouyin/contracts/shopper'

/** Codes of failures that never reached the server, whose answer could not be read, or that are our own. */
export type LocalCode = (typeof reports.reportCodes)[number]

/** A call that did not work out. `code` is the server's, or a {@link LocalCode}. */
export class RequestFailed extends Error {
  readonly code: string
  readonly field: string | undefined
  /** What the shopper reads to customer service: it is in the server's log. Known once the call is over. */
  ref: string | undefined

  constructor(problem: { code: string; message: string; field?: string | undefined }) {
    super(problem.message)
    this.name = 'RequestFailed'
    this.code = problem.code
    this.field = problem.field
  }
}

const locals: ReadonlySet<string> = new Set<LocalCode>([
  'OFFLINE',
  'TIMED_OUT',
  'ANSWER_UNREADABLE',
  'LOGIN_FAILED',
  'DEFECT',
])

export const isLocal = (code: string): code is LocalCode => locals.has(code)

/** True when the server has spoken about the call: sending it again would change nothing. A login is another call. */
export const isFinal = (error: unknown): boolean =>
  error instanceof RequestFailed &&
  !isLocal(error.code) &&
  !unknownOutcomes.has(error.code) &&
  !error.code.endsWith('UNAVAILABLE')

const unknownOutcomes: ReadonlySet<string> = new Set([
  'INTERNAL_ERROR',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'LOGIN_CODE_INVALID',
])
