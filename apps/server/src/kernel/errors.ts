export interface AppErrorDetails {
  /** The input at fault, in dot notation. */
  readonly field?: string
  /** When it may be worth trying again; becomes the Retry-After header. */
  readonly retryAfterSeconds?: number
}

/**
 * What a verb throws. Its code is one that the route declares, or one of the common problems; the route knows the
 * status. A code that neither declares is answered as 500 and logged as a defect.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, message: string, details: AppErrorDetails = {}) {
    super(message)
    this.code = code
    this.field = details.field
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}
