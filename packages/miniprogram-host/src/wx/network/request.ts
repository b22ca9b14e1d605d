import { adoptBytes, readAll, takeBytes } from '../../core/bytes.ts'
import type { AppFunction, CarriedRequest, CarriedResponse } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import type { Options } from '../contract.ts'
import { exchange } from './exchange.ts'
import { failures } from './failures.ts'
import { cookiesOf, requestHeaders } from './headers.ts'
import { encodeForm, withQuery } from './query.ts'
import { reach } from './reach.ts'
import { type Transfer, transferApi } from './transfer.ts'

/** TRACE and CONNECT are WeChat's too, but no carrier can send them. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const WITHOUT_BODY = ['GET', 'HEAD']

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function requestApis(host: Host): Record<string, AppFunction> {
  return { request: transferApi(host, { api: 'request', events: ['HeadersReceived', 'ChunkReceived'], run }) }
}

async function run(transfer: Transfer): Promise<unknown> {
  const { host, options, tell } = transfer
  const { logic } = host.env
  const redirect = options.redirect === 'manual' ? 'manual' : 'follow'
  const response = await exchange(host, 'request', toRequest(transfer), redirect)
  const head = describeHead(response)
  tell('HeadersReceived', logic.adopt(head))
  const isChunked = options.enableChunked === true
  const bytes = await readAll(response.body, (part) => {
    if (isChunked) tell('ChunkReceived', Object.assign(logic.adopt({}), { data: adoptBytes(logic, part) }))
  })
  const result: Options = logic.adopt({ ...head, errMsg: 'request:ok' })
  // GUESS: what came in chunks does not come a second time.
  result.data = isChunked ? '' : readData(transfer, bytes)
  return result
}

const describeHead = ({ status, headers }: CarriedResponse): Options => ({
  statusCode: status,
  header: Object.fromEntries(headers),
  cookies: cookiesOf(headers),
})

function toRequest({ host, options, signal }: Transfer): CarriedRequest {
  const url = reach(host, 'request', options.url)
  const method = String(options.method ?? 'GET').toUpperCase()
  if (!METHODS.includes(method)) throw failures.method()
  const headers = { 'content-type': 'application/json', ...requestHeaders(host, options.header) }
  const { data } = options
  if (!WITHOUT_BODY.includes(method)) return { url, method, headers, body: encodeBody(data, headers), signal }
  return { url: isRecord(data) ? withQuery(url, data) : url, method, headers, body: undefined, signal }
}

function encodeBody(data: unknown, headers: Record<string, string>): CarriedRequest['body'] {
  if (data === undefined || data === null || typeof data === 'string') return data ?? undefined
  const bytes = takeBytes(data)
  if (bytes) return bytes
  const isForm = headers['content-type']?.includes('urlencoded') && isRecord(data)
  return isForm ? encodeForm(data) : JSON.stringify(data)
}

function readData({ host, options }: Transfer, bytes: Uint8Array): unknown {
  if (options.responseType === 'arraybuffer') return adoptBytes(host.env.logic, bytes)
  // The decoder drops a byte order mark, as WeChat does.
  const text = new TextDecoder().decode(bytes)
  if ((options.dataType ?? 'json') !== 'json') return text
  try {
    return host.env.logic.adopt(JSON.parse(text))
  } catch {
    return text
  }
}
