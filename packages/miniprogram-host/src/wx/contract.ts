import { describeError, WxFailure } from '../core/errors.ts'
import { callBack } from '../core/failures.ts'
import { inheritTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'
import { holdForPrivacy } from '../core/privacy.ts'

export { WxFailure }

/** Members of an answer that are no JSON: an event channel, bytes. */
export const LIVE = Symbol('live members')

export type Options = Record<string, unknown>
type Answer = (Record<string, unknown> & { [LIVE]?: Record<string, unknown> }) | undefined
// An implementation without an answer may simply end.
type Implementation = (options: Options) => unknown

/** `<api>:fail <reason>`, or `<api>:fail:…` for a reason that begins so, as the phone writes some. */
export const failureOf = (api: string, error: unknown): Options =>
  error instanceof WxFailure
    ? { errMsg: `${api}:fail${/^(:|$)/.test(error.message) ? '' : ' '}${error.message}`, ...error.members }
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
    const renewTap = inheritTap(host, api)
    const held = holdForPrivacy(host, api)
    const run = held
      ? held.then(() => implementation(options) as Answer)
      : new Promise<Answer>((resolve) => resolve(implementation(options) as Answer))
    const settled = run.then(
      (answer) => ({ ok: true, result: adoptAnswer(host, api, answer) }),
      (error: unknown) => ({ ok: false, result: host.env.logic.adopt(failureOf(api, error)) }),
    )
    // The answer comes from another thread: in a task of its own, whatever it was.
    const answer = (tell: (ok: boolean, result: Options) => void): void =>
      void settled.then(({ ok, result }) => host.env.window.setTimeout(() => tell(ok, result), 0))
    if (!hasCallback && form === 'both') {
      return new host.env.logic.Promise((resolve, reject) => {
        answer((ok, result) => (ok ? resolve(result) : reject(result)))
      })
    }
    answer((ok, result) => {
      renewTap(ok)
      callBack(host, ok ? options.success : options.fail, result)
      callBack(host, options.complete, result)
    })
    return undefined
  }
}

const adoptAnswer = (host: Host, api: string, answer: Answer): Options =>
  Object.assign(host.env.logic.adopt({ errMsg: `${api}:ok`, ...answer }), answer?.[LIVE])
