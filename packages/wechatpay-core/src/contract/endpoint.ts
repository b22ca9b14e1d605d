import type * as v from 'valibot'

/** Any synchronous valibot schema. */
export type Schema = v.GenericSchema

/**
 * What an answer proves about the call: `rejected`, it did nothing; `unknown`, it may have taken effect, so query.
 */
export type Outcome = 'rejected' | 'unknown'

/** One declared error. A pair, because WeChat gives one code several statuses. */
export interface ErrorCase<Code extends string = string> {
  readonly status: number
  readonly code: Code
  readonly outcome: Outcome
}

/** One WeChat Pay operation, described once and read by the client, the simulator, the tests and the docs. */
export interface Endpoint<
  Id extends string = string,
  Path extends Schema | undefined = Schema | undefined,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Response extends Schema | undefined = Schema | undefined,
  Errors extends readonly ErrorCase[] = readonly ErrorCase[],
  Stream extends true | undefined = true | undefined,
> {
  readonly id: Id
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path template, e.g. `/v3/pay/transactions/id/{transaction_id}`. */
  readonly url: string
  readonly path?: Path
  readonly query?: Query
  /** Strict: WeChat refuses unknown members of a request. */
  readonly body?: Body
  /** Loose: WeChat may add members and enum values any day. Absent: 204 with an empty body. */
  readonly response?: Response
  /** The answer is an unsigned stream of bytes, not JSON: asked for with `download`, not with `call`. */
  readonly stream?: Stream
  /** Top-level members of the body that are sensitive: passed in plain text, encrypted by the client on the way out. */
  readonly encrypted?: readonly string[]
  readonly errors: Errors
  /** Official page that this implements. */
  readonly doc: string
}

// A part whose members are all optional may be left out.
type Part<Name extends string, S> = [S] extends [Schema]
  ? Record<never, never> extends v.InferInput<S>
    ? { readonly [P in Name]?: v.InferInput<S> }
    : { readonly [P in Name]: v.InferInput<S> }
  : unknown
type ParsedPart<Name extends string, S> = [S] extends [Schema] ? { readonly [P in Name]: v.InferOutput<S> } : unknown

/** What a caller of the client passes; of an endpoint whose declaration is not known by type, nothing fits. */
export type RequestOf<E> = E extends { readonly id: infer Id }
  ? string extends Id
    ? never
    : DeclaredRequestOf<E>
  : never

type DeclaredRequestOf<E> =
  E extends Endpoint<string, infer P, infer Q, infer B> ? Part<'path', P> & Part<'query', Q> & Part<'body', B> : never

/** What a simulator handler receives, after validation. */
export type ParsedRequestOf<E> =
  E extends Endpoint<string, infer P, infer Q, infer B>
    ? ParsedPart<'path', P> & ParsedPart<'query', Q> & ParsedPart<'body', B>
    : never

export type ResponseOf<E> =
  E extends Endpoint<string, infer _P, infer _Q, infer _B, infer R>
    ? [R] extends [Schema]
      ? v.InferOutput<R>
      : Schema extends R
        ? unknown
        : undefined
    : never

/** What WeChat itself writes: before empty strings are read as absent and the like. */
export type ResponseInputOf<E> =
  E extends Endpoint<string, infer _P, infer _Q, infer _B, infer R>
    ? [R] extends [Schema]
      ? v.InferInput<R>
      : Schema extends R
        ? unknown
        : undefined
    : never

export type ErrorCaseOf<E> = E extends { readonly errors: infer Errors extends readonly ErrorCase[] }
  ? Errors[number]
  : never

export function defineEndpoint<
  const Id extends string,
  const Errors extends readonly ErrorCase[],
  Path extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
  Response extends Schema | undefined = undefined,
  Stream extends true | undefined = undefined,
>(
  endpoint: Endpoint<Id, Path, Query, Body, Response, Errors, Stream>,
): Endpoint<Id, Path, Query, Body, Response, Errors, Stream> {
  return endpoint
}

/** A declared error in one line: `rejected(403, 'NO_AUTH')`. */
export const rejected = <const Status extends number, const Code extends string>(status: Status, code: Code) =>
  ({ status, code, outcome: 'rejected' }) as const
export const unknown = <const Status extends number, const Code extends string>(status: Status, code: Code) =>
  ({ status, code, outcome: 'unknown' }) as const

/**
 * Errors that every endpoint may answer.
 * 429 comes under two names: the API pages say FREQUENCY_LIMITED, the status-code page RATELIMIT_EXCEEDED.
 */
export const commonErrors = [
  rejected(400, 'PARAM_ERROR'),
  rejected(400, 'INVALID_REQUEST'),
  rejected(401, 'SIGN_ERROR'),
  rejected(429, 'FREQUENCY_LIMITED'),
  rejected(429, 'RATELIMIT_EXCEEDED'),
  unknown(500, 'SYSTEM_ERROR'),
  unknown(502, 'SERVICE_UNAVAILABLE'),
  unknown(503, 'SERVICE_UNAVAILABLE'),
] as const
