import type { CarriedRequest, CarriedResponse } from '../core/environment.ts'
import { describeError } from '../core/errors.ts'
import { callBack } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import { isRecord } from '../core/json.ts'
import { failureOf, type Options, WxFailure } from './contract.ts'

const CONCURRENT_MAX = 10
const TIMEOUT_MS = 60_000

/** At most ten requests at a time, the others wait: WeChat's limit. */
function createQueue() {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= CONCURRENT_MAX) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function requestApis(host: Host) {
  const queued = createQueue()
  const send = async (options: Options, signal: AbortSignal): Promise<Options> => {
    try {
      const response = await queued(() => host.env.carrier(toRequest(options, signal)))
      return toResult(response, options)
    } catch (error) {
      if (!signal.aborted) throw new WxFailure(describeError(error).message, { errno: 600001 })
      throw new WxFailure(String(signal.reason), { errno: signal.reason === 'timeout' ? 5 : 600001 })
    }
  }
  return {
    request: (given: unknown) => {
      const options = isRecord(given) ? given : {}
      const control = new AbortController()
      const timer = host.env.window.setTimeout(() => control.abort('timeout'), Number(options.timeout ?? TIMEOUT_MS))
      const finish = (callback: unknown, result: Options): void => {
        host.env.window.clearTimeout(timer)
        callBack(host, callback, result)
        callBack(host, options.complete, result)
      }
      void send(options, control.signal).then(
        (result) => finish(options.success, host.env.logic.adopt(result)),
        (error) => finish(options.fail, host.env.logic.adopt(failureOf('request', error))),
      )
      const listen = (): void => {}
      return {
        abort: () => control.abort('abort'),
        onHeadersReceived: listen,
        offHeadersReceived: listen,
        onChunkReceived: listen,
        offChunkReceived: listen,
      }
    },
  }
}

function toRequest(options: Options, signal: AbortSignal): CarriedRequest {
  const method = String(options.method ?? 'GET').toUpperCase()
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (const [name, value] of Object.entries(isRecord(options.header) ? options.header : {})) {
    headers[name.toLowerCase()] = String(value)
  }
  const url = new URL(String(options.url))
  const { data } = options
  if (method === 'GET' && isRecord(data)) {
    for (const [name, value] of Object.entries(data)) url.searchParams.append(name, String(value))
    return { url: url.href, method, headers, body: undefined, signal }
  }
  const body = method === 'GET' || data === undefined || data === null ? undefined : encodeBody(data, headers)
  return { url: url.href, method, headers, body, signal }
}

function encodeBody(data: unknown, headers: Record<string, string>): string | ArrayBuffer {
  if (typeof data === 'string') return data
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return data as ArrayBuffer
  if (!headers['content-type']?.includes('urlencoded')) return JSON.stringify(data)
  const pairs = Object.entries(isRecord(data) ? data : {}).map(([name, value]) => [name, String(value)])
  return new URLSearchParams(pairs).toString()
}

function toResult(response: CarriedResponse, options: Options): Options {
  const text = new TextDecoder().decode(response.body)
  let data: unknown = text
  if ((options.dataType ?? 'json') === 'json') {
    try {
      data = JSON.parse(text)
    } catch {
      // As on a phone: what is not JSON stays text.
    }
  }
  const cookies = response.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)
  return {
    data,
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies,
    errMsg: 'request:ok',
  }
}
