import type { AppFunction } from '../../core/environment.ts'
import { callBack } from '../../core/failures.ts'
import { inheritTap } from '../../core/gesture.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import type { Cut } from '../../core/network.ts'
import { failureOf, type Options } from '../contract.ts'
import { cutFailures, failures, toFailure } from './failures.ts'
import { createListeners, type Listeners } from './listeners.ts'
import { createQueue, type Queue } from './queue.ts'
import { timeoutOf } from './timeouts.ts'

type HttpApi = 'request' | 'uploadFile' | 'downloadFile'
type TaskEvent = 'HeadersReceived' | 'ChunkReceived' | 'ProgressUpdate'

export interface Transfer {
  host: Host
  api: HttpApi
  options: Options
  signal: AbortSignal
  tell: Listeners<TaskEvent>['tell']
}

interface Kind {
  api: HttpApi
  events: readonly TaskEvent[]
  /** Resolves to what `success` gets, made of objects of the app's realm. */
  run(transfer: Transfer): Promise<unknown>
}

/** 「wx.request、wx.uploadFile、wx.downloadFile 的最大并发限制是 10 个」. GUESS: ten of each. */
const CONCURRENT_MAX = 10

/** An API that starts a transfer, answers through callbacks (never by promise) and returns a task that can abort it. */
export function transferApi(host: Host, kind: Kind): AppFunction {
  const queue = createQueue(CONCURRENT_MAX)
  return (given) => startTransfer(host, kind, queue, isRecord(given) ? given : {})
}

function startTransfer(host: Host, { api, events, run }: Kind, queue: Queue, options: Options) {
  const { window, logic } = host.env
  const control = new AbortController()
  const { methods, tell } = createListeners(host, events)
  const timer = window.setTimeout(() => control.abort(failures.timeout()), timeoutOf(host, api, options))
  const renewTap = inheritTap(host, api)
  let isTold = true
  const end = (cut: Cut): void => {
    isTold = cut !== 'closed'
    control.abort(cutFailures[cut]())
  }
  const finish = (callback: unknown, result: unknown): void => {
    window.clearTimeout(timer)
    control.abort()
    host.network.underWay.delete(end)
    if (!isTold) return
    renewTap(callback === options.success)
    callBack(host, callback, result)
    callBack(host, options.complete, result)
  }
  host.network.underWay.add(end)
  const transfer = { host, api, options, signal: control.signal, tell }
  const given = new Promise<never>((_, reject) => {
    control.signal.addEventListener('abort', () => reject(control.signal.reason))
  })
  // The microtask lets the app have its task, and listeners on it, before anything is told.
  const work = Promise.resolve().then(() => queue(control.signal, () => run(transfer)))
  void Promise.race([work, given]).then(
    (result) => finish(options.success, result),
    (error) => finish(options.fail, logic.adopt(failureOf(api, toFailure(error)))),
  )
  return { ...methods, abort: () => control.abort(failures.abort()) }
}
