/** `detail` of WeChat's error body. */
export type RefusalDetail = Readonly<Record<string, unknown>>

/** A call that WeChat Pay refuses; becomes an unsigned error answer. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly detail: RefusalDetail | undefined

  constructor(status: number, code: string, message: string, detail?: RefusalDetail) {
    super(message)
    this.status = status
    this.code = code
    this.detail = detail
  }

  get body(): string {
    const { code, message, detail } = this
    return JSON.stringify(detail === undefined ? { code, message } : { code, message, detail })
  }
}
