/** Codes of failures that never reached the server, or whose answer could not be read. */
export type LocalCode = 'OFFLINE' | 'TIMED_OUT' | 'ANSWER_UNREADABLE' | 'LOGIN_FAILED'

/** A call that did not work out. `code` is the server's, or a {@link LocalCode}. */
export class RequestFailed extends Error {
  readonly code: string
  readonly field: string | undefined
  /** What the shopper reads to customer service. */
  readonly requestId: string | undefined

  constructor(problem: { code: string; message: string; field?: string | undefined; requestId?: string | undefined }) {
    super(problem.message)
    this.name = 'RequestFailed'
    this.code = problem.code
    this.field = problem.field
    this.requestId = problem.requestId
  }
}

/** True when the server has spoken about the call: sending it again would change nothing. A login is another call. */
export const isFinal = (error: unknown): boolean =>
  error instanceof RequestFailed && !unknownOutcomes.has(error.code) && !error.code.endsWith('UNAVAILABLE')

const unknownOutcomes = new Set([
  'OFFLINE',
  'TIMED_OUT',
  'ANSWER_UNREADABLE',
  'INTERNAL_ERROR',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'LOGIN_FAILED',
  'LOGIN_CODE_INVALID',
])
