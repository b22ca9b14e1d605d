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
