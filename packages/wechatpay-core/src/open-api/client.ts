import * as v from 'valibot'
import { readBaseUrl } from '../client/options.ts'
import { nodeTransport, type Transport } from '../client/transport.ts'
import { configInvalid } from '../errors.ts'
import { parseJson, withoutNulls } from '../protocol/notification.ts'
import type { OpenApiEndpoint } from './endpoint.ts'
import { OpenApiError } from './error.ts'
import { login, type WechatUser } from './login.ts'

const ERRMSG_MAX = 200
const OFFICIAL_BASE_URL = 'https://api.weixin.qq.com'

export interface OpenApiOptions {
  /** AppID of the mini-program. */
  readonly appid: string
  readonly appSecret: string
  readonly baseUrl?: string | URL
  readonly transport?: Transport
  readonly deadlineMs?: number
}

export interface OpenApi {
  /** 小程序登录. @see login */
  login(code: string): Promise<WechatUser>
  close(): void
}

/** Sends one declared operation and reads its errcode. */
export type OpenApiCall = <E extends OpenApiEndpoint>(
  endpoint: E,
  query: Readonly<Record<string, string>>,
) => Promise<v.InferOutput<E['response']>>

/** @throws WechatPayError ERR_CONFIG_INVALID naming the setting */
export function createOpenApi(options: OpenApiOptions): OpenApi {
  const { appid, appSecret } = options
  const where = 'it is in 小程序后台 → 开发管理 → 开发设置'
  if (typeof appid !== 'string' || appid.trim() === '') throw configInvalid(`appid is missing; ${where}`)
  if (typeof appSecret !== 'string' || appSecret.trim() === '') throw configInvalid(`appSecret is missing; ${where}`)
  const baseUrl = readBaseUrl(options.baseUrl ?? OFFICIAL_BASE_URL, 'baseUrl')
  const transport = options.transport ?? nodeTransport()
  const call = createCall(baseUrl, transport, options.deadlineMs ?? 5_000)
  return {
    login: (code) => login(call, { appid, appSecret, code }),
    close: () => transport.close?.(),
  }
}

function createCall(baseUrl: URL, transport: Transport, deadlineMs: number): OpenApiCall {
  return async (endpoint, query) => {
    const target = `${endpoint.url}?${new URLSearchParams(query)}`
    const request = { method: endpoint.method, url: baseUrl, target, headers: { Accept: 'application/json' } }
    let body: unknown
    try {
      const signal = AbortSignal.timeout(deadlineMs)
      const answer = await transport.send({ ...request, body: undefined, signal })
      if (answer.status !== 200) throw new Error(`status ${answer.status}`)
      body = withoutNulls(parseJson(answer.body, 'the answer'))
    } catch {
      // Without the cause: a transport's error may quote the URL, which holds the app secret.
      throw new OpenApiError(`${endpoint.id}: no usable answer from ${baseUrl.host}`, { outcome: 'unknown' })
    }
    return readAnswer(endpoint, body)
  }
}

const Failure = v.looseObject({
  errcode: v.pipe(v.union([v.number(), v.string()]), v.transform(Number)),
  errmsg: v.optional(v.string(), ''),
})

function readAnswer<E extends OpenApiEndpoint>(endpoint: E, body: unknown): v.InferOutput<E['response']> {
  const failure = v.safeParse(Failure, body)
  if (failure.success && failure.output.errcode !== 0) {
    const { errcode, errmsg } = failure.output
    const outcome = endpoint.errors.find((e) => e.errcode === errcode)?.outcome ?? 'unknown'
    throw new OpenApiError(errmsg.slice(0, ERRMSG_MAX), { errcode, outcome })
  }
  const parsed = v.safeParse(endpoint.response, body)
  if (parsed.success) return parsed.output as v.InferOutput<E['response']>
  throw new OpenApiError(`${endpoint.id}: the answer is malformed`, { outcome: 'unknown' })
}
