/** What went wrong and what to do about it, in one sentence that may be shown to a person as it is. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
  readonly remedy: string

  constructor(problem: string, remedy: string, cause?: unknown) {
    super(`${problem}: ${remedy}`, { cause })
    this.remedy = remedy
  }
}

/** The code of a system error (`EACCES`), or its message when it has none. */
export function systemCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
