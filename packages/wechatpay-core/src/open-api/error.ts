import type { Outcome } from '../contract/endpoint.ts'

/** An answer with an errcode, or no usable answer at all (`errcode` undefined). Never carries the request: it has secrets. */
export class OpenApiError extends Error {
  override readonly name = 'OpenApiError'
  readonly errcode: number | undefined
  readonly errmsg: string
  readonly outcome: Outcome

  constructor(errmsg: string, details: { errcode?: number | undefined; outcome: Outcome }) {
    super(details.errcode === undefined ? errmsg : `errcode ${details.errcode}: ${errmsg}`)
    this.errcode = details.errcode
    this.errmsg = errmsg
    this.outcome = details.outcome
  }
}
