import type * as v from 'valibot'
import type { Outcome, Schema } from '../contract/endpoint.ts'

/** One declared errcode. `outcome` as in APIv3: `rejected`, the call did nothing; `unknown`, it may have. */
export interface ErrcodeCase<Name extends string = string> {
  readonly errcode: number
  readonly name: Name
  readonly outcome: Outcome
}

/**
 * The other protocol: api.weixin.qq.com answers 200 with an `errcode`, unsigned, over TLS only.
 * `errcode` absent or 0 is success.
 */
export interface OpenApiEndpoint {
  readonly id: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly query: v.GenericSchema<Readonly<Record<string, string>>>
  /** Sent as JSON. */
  readonly body?: Schema
  readonly response: Schema
  readonly errors: readonly ErrcodeCase[]
  readonly doc: string
}

/** What a call of this endpoint has to bring. */
export type OpenApiRequestOf<E extends OpenApiEndpoint> = { readonly query: v.InferInput<E['query']> } & (E extends {
  readonly body: infer Body extends Schema
}
  ? { readonly body: v.InferInput<Body> }
  : unknown)

export type OpenApiErrorName<E extends OpenApiEndpoint> = E['errors'][number]['name']

/** Declares errcodes by name; all of them prove the same. */
export const errcodes = <const Names extends Readonly<Record<string, number>>>(outcome: Outcome, names: Names) =>
  Object.entries(names).map(([name, errcode]) => ({ errcode, name: name as keyof Names & string, outcome }))

/** What every call with an access_token may answer. */
export const accessTokenErrors = [
  ...errcodes('unknown', { SYSTEM_BUSY: -1 }),
  ...errcodes('rejected', {
    // After these four: get another token.
    TOKEN_INVALID: 40001,
    TOKEN_MALFORMED: 40014,
    TOKEN_MISSING: 41001,
    TOKEN_EXPIRED: 42001,
    TOO_FREQUENT: 44990,
    QUOTA_USED: 45009,
    DATA_FORMAT_INVALID: 47001,
    API_UNAUTHORIZED: 48001,
    IP_NOT_ALLOWED: 61004,
  }),
]
