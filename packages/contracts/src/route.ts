import type * as v from 'valibot'
import type { Scope } from './merchant/scopes.ts'

type Schema = v.GenericSchema
export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503

/**
 * One operation of our own API, described once: the server serves it, the mini-program calls it.
 * GET, POST and DELETE only: `wx.request` has no PATCH.
 */
export interface Route<
  Method extends 'GET' | 'POST' | 'DELETE' = 'GET' | 'POST' | 'DELETE',
  Path extends string = string,
  Input extends Schema = Schema,
  Output extends Schema = Schema,
  Errors extends Readonly<Record<string, ProblemStatus>> = Readonly<Record<string, ProblemStatus>>,
> {
  readonly method: Method
  /** `:name` members are taken from the path; the rest of the input is the query (GET, DELETE) or the JSON body. */
  readonly path: Path
  readonly summary: string
  /** Default: the caller needs a session. */
  readonly public?: true
  /** The caller needs a merchant key that has this scope. */
  readonly scope?: Scope
  /** The caller sends an Idempotency-Key header, 16 to 128 of `[A-Za-z0-9_-]`. */
  readonly idempotent?: true
  readonly status?: 200 | 201
  /** Strict: unknown members of a request are refused. */
  readonly input: Input
  /** The server strips what is not named here; the client reads leniently. */
  readonly output: Output
  /** Code → status. Codes that every route may answer are in `commonProblems`. */
  readonly errors: Errors
}

export const defineRoute = <
  const Method extends 'GET' | 'POST' | 'DELETE',
  const Path extends string,
  Input extends Schema,
  Output extends Schema,
  const Errors extends Readonly<Record<string, ProblemStatus>>,
>(
  route: Route<Method, Path, Input, Output, Errors>,
): Route<Method, Path, Input, Output, Errors> => route

export type InputOf<R> = R extends { readonly input: infer I extends Schema } ? v.InferInput<I> : never
export type ParsedInputOf<R> = R extends { readonly input: infer I extends Schema } ? v.InferOutput<I> : never
export type OutputOf<R> = R extends { readonly output: infer O extends Schema } ? v.InferOutput<O> : never
export type CodeOf<R> = R extends { readonly errors: infer E } ? keyof E & string : never
