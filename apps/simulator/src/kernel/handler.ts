import type {
  Endpoint,
  ErrorCase,
  ErrorCaseOf,
  ParsedRequestOf,
  ResponseInputOf,
} from '@shouyin/wechatpay-core/contract'
import type { Refusal, RefusalDetail } from './refusal.ts'
import type { Membership } from './simulator.ts'
import type { Streamed } from './streamed.ts'

/** Who calls: his world, and whether his `Wechatpay-Serial` named his public key. */
export interface Caller extends Membership {
  readonly namesPublicKey: boolean
  /** At which address he reached us, e.g. `http://127.0.0.1:8701`. */
  readonly origin: string
}

type RefusalArguments<Case> = Case extends ErrorCase
  ? [status: Case['status'], code: Case['code'], message: string, detail?: RefusalDetail]
  : never

/** Refuses the call. Only (status, code) pairs that the endpoint declares compile. */
export type Refuse<E> = (...refusal: RefusalArguments<ErrorCaseOf<E>>) => Refusal

type AnswerOf<E> = E extends { readonly stream?: infer Stream }
  ? [Stream] extends [true]
    ? Streamed
    : ResponseInputOf<E>
  : ResponseInputOf<E>

/**
 * Answers one endpoint: the declared response (nothing when none is declared, a file when it streams), or a thrown
 * `refuse(…)`.
 */
export type Handler<E> = (request: ParsedRequestOf<E> & Caller, refuse: Refuse<E>) => AnswerOf<E> | Promise<AnswerOf<E>>

/** A product is complete only when every endpoint has a handler: a missing one does not compile. */
export type Handlers<Endpoints> = { readonly [Name in keyof Endpoints]: Handler<Endpoints[Name]> }

export type EndpointsOf<Product> = Product extends { readonly endpoints: infer Endpoints } ? Endpoints : never

/** What runs a handler after the request was checked against the declaration. */
export interface Operation {
  readonly endpoint: Endpoint
  readonly handle: Handler<Endpoint>
}

/** Pairs declarations with their handlers, which loses their types: from here on schemas check at run time. */
export function operationsOf<Endpoints extends object>(
  endpoints: Endpoints,
  handlers: Handlers<Endpoints>,
): Operation[] {
  const named = handlers as unknown as Readonly<Record<string, Handler<Endpoint>>>
  return Object.entries<Endpoint>(endpoints as Readonly<Record<string, Endpoint>>).map(([name, endpoint]) => {
    const handle = named[name]
    if (!handle) throw new Error(`no handler for ${endpoint.id}`)
    return { endpoint, handle }
  })
}
