import { describeError } from '../core/errors.ts'
import { callBack } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'

export type Options = Record<string, unknown>
type Answer = Record<string, unknown> | undefined
// An implementation without an answer may simply end.
type Implementation = (options: Options) => unknown

/** Becomes `<api>:fail <reason>`; what else a failure carries (errno …) goes along. */
export class WxFailure extends Error {
  readonly members: Record<string, unknown>
  constructor(reason: string, members: Record<string, unknown> = {}) {
    super(reason)
    this.members = members
  }
}

export const failureOf = (api: string, error: unknown): Options =>
  error instanceof WxFailure
    ? { errMsg: `${api}:fail${error.message ? ` ${error.message}` : ''}`, ...error.members }
    : { errMsg: `${api}:fail ${describeError(error).message}` }

const CALLBACKS = ['success', 'fail', 'complete'] as const

/**
 * The contract of nearly every wx API: with a callback it answers through callbacks and returns nothing, without one it
 * returns a promise; `complete` always follows.
 */
export function asyncApi(host: Host, api: string, implementation: Implementation, form: 'both' | 'callbacks' = 'both') {
  return (given?: unknown): unknown => {
    const options = isRecord(given) ? given : {}
    const hasCallback = CALLBACKS.some((name) => typeof options[name] === 'function')
    const run = new Promise<Answer>((resolve) => resolve(implementation(options) as Answer))
    const settled = run.then(
      (answer) => ({ ok: true, result: host.env.logic.adopt({ errMsg: `${api}:ok`, ...answer }) }),
      (error: unknown) => ({ ok: false, result: host.env.logic.adopt(failureOf(api, error)) }),
    )
    if (!hasCallback && form === 'both') {
      return new host.env.logic.Promise((resolve, reject) => {
        void settled.then(({ ok, result }) => (ok ? resolve(result) : reject(result)))
      })
    }
    void settled.then(({ ok, result }) => {
      callBack(host, ok ? options.success : options.fail, result)
      callBack(host, options.complete, result)
    })
    return undefined
  }
}
