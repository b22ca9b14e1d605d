/** One sentence for a person: what is wrong, and what to do about it. */
export class HostError extends Error {
  override name = 'HostError'
}

/** Why a wx API fails, in WeChat's words; what else a failure carries (errno …) goes along. */
export class WxFailure extends Error {
  readonly members: Record<string, unknown>
  constructor(reason: string, members: Record<string, unknown> = {}) {
    super(reason)
    this.members = members
  }
}

/** Objects of another realm are no `instanceof Error` here. */
export function describeError(error: unknown): { message: string; stack: string } {
  if (typeof error !== 'object' || error === null) return { message: String(error), stack: String(error) }
  const message = Reflect.get(error, 'message') ?? Reflect.get(error, 'errMsg')
  const text = typeof message === 'string' ? message : JSON.stringify(error)
  const stack = Reflect.get(error, 'stack')
  return { message: text, stack: typeof stack === 'string' ? stack : text }
}

/** What lies below an error of fetch, which hides it as `cause`: a sentence, and a code such as ECONNREFUSED. */
export function causeOf(error: unknown): { message: string; code: string | undefined } {
  const cause: unknown = error instanceof Error && error.cause ? error.cause : error
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined
  return { message: describeError(cause).message, code: typeof code === 'string' ? code : undefined }
}
