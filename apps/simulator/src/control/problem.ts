import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'

/** A control call that is refused: `{ error: { code, message, field?, requestId } }`. */
export class Problem extends Error {
  readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 500
  readonly code: string
  readonly field: string | undefined

  /** @param message names what is wrong and the remedy */
  constructor(status: Problem['status'], code: string, message: string, field?: string) {
    super(message)
    this.status = status
    this.code = code
    this.field = field
  }
}

export function answerProblem(c: Context, { status, code, message, field }: Problem): Response {
  const requestId = randomUUID()
  return c.json({ error: { code, message, ...(field === undefined ? {} : { field }), requestId } }, status)
}
