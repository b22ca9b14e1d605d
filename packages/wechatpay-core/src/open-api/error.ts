import type { Outcome } from '../contract/endpoint.ts'

interface Details {
  readonly errcode?: number | undefined
  readonly reason?: string | undefined
  readonly outcome: Outcome
}

/** An answer with an errcode, or no usable answer at all (`errcode` undefined). Never carries the request: it has secrets. */
export class OpenApiError extends Error {
  override readonly name = 'OpenApiError'
  readonly errcode: number | undefined
  /** The name under which the endpoint declares the errcode; undefined for one that it does not declare. */
  readonly reason: string | undefined
  readonly errmsg: string
  readonly outcome: Outcome

  constructor(errmsg: string, { errcode, reason, outcome }: Details) {
    super(errcode === undefined ? errmsg : `errcode ${errcode}: ${errmsg}`)
    this.errcode = errcode
    this.reason = reason
    this.errmsg = errmsg
    this.outcome = outcome
  }
}
