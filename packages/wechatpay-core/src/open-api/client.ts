import * as v from 'valibot'
import { readBaseUrl } from '../client/options.ts'
import { nodeTransport, type Transport } from '../client/transport.ts'
import { configInvalid } from '../errors.ts'
import { parseJson, withoutNulls } from '../protocol/notification.ts'
import type { OpenApiEndpoint, OpenApiRequestOf } from './endpoint.ts'
import { OpenApiError } from './error.ts'
import { login, type WechatUser } from './login.ts'
import { getShippingOrder, isTradeManaged, uploadShippingInfo } from './shipping.ts'
import type { ShippingOrder, ShippingOrderKey, UploadShippingInfo } from './shipping-endpoints.ts'
import { type AccessToken, stableToken } from './stable-token.ts'

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

/** Every call throws OpenApiError. An access token comes from `stableToken` and belongs in a cache that all share. */
export interface OpenApi {
  /** 小程序登录. @see login */
  login(code: string): Promise<WechatUser>
  /** 获取稳定版接口调用凭据. `forceRefresh` ends the token that others use: 20 times a day, 30 s apart. @see stableToken */
  stableToken(options?: { readonly forceRefresh?: boolean }): Promise<AccessToken>
  /** 发货信息录入. @see uploadShippingInfo */
  uploadShippingInfo(accessToken: string, body: UploadShippingInfo): Promise<void>
  /** 查询订单发货状态. @see getShippingOrder */
  getShippingOrder(accessToken: string, key: ShippingOrderKey): Promise<ShippingOrder>
  /** 是否已开通发货信息管理服务. @see isTradeManaged */
  isTradeManaged(accessToken: string): Promise<boolean>
  close(): void
}

/** Sends one declared operation and reads its errcode. */
export type OpenApiCall = <E extends OpenApiEndpoint>(
  endpoint: E,
  request: OpenApiRequestOf<E>,
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
    stableToken: ({ forceRefresh = false } = {}) => stableToken(call, { appid, appSecret, forceRefresh }),
    uploadShippingInfo: (accessToken, body) => uploadShippingInfo(call, accessToken, body),
    getShippingOrder: (accessToken, key) => getShippingOrder(call, accessToken, key),
    isTradeManaged: (accessToken) => isTradeManaged(call, accessToken, appid),
    close: () => transport.close?.(),
  }
}

const JSON_BODY = { 'Content-Type': 'application/json; charset=utf-8' }

/** A request, seen without its types. */
interface Sent {
  readonly query: Readonly<Record<string, string>>
  readonly body?: object
}

function createCall(baseUrl: URL, transport: Transport, deadlineMs: number): OpenApiCall {
  return async (endpoint, request) => {
    const { query, body }: Sent = request
    const search = new URLSearchParams(query).toString()
    let answer: unknown
    try {
      const { status, body: bytes } = await transport.send({
        method: endpoint.method,
        url: baseUrl,
        target: search === '' ? endpoint.url : `${endpoint.url}?${search}`,
        headers: { Accept: 'application/json', ...(body && JSON_BODY) },
        body: body && Buffer.from(JSON.stringify(body)),
        signal: AbortSignal.timeout(deadlineMs),
      })
      if (status !== 200) throw new Error(`status ${status}`)
      answer = withoutNulls(parseJson(bytes, 'the answer'))
    } catch {
      // Without the cause: a transport's error may quote the URL, which holds the app secret or the access token.
      throw new OpenApiError(`${endpoint.id}: no usable answer from ${baseUrl.host}`, { outcome: 'unknown' })
    }
    return readAnswer(endpoint, answer, secretsOf({ ...query, ...body }))
  }
}

const SECRET_MEMBERS = new Set(['secret', 'access_token', 'js_code'])

const secretsOf = (sent: object): string[] =>
  Object.entries(sent).flatMap(([name, value]) => (SECRET_MEMBERS.has(name) && value ? [String(value)] : []))

const Failure = v.looseObject({
  errcode: v.pipe(v.union([v.number(), v.string()]), v.transform(Number)),
  errmsg: v.optional(v.string(), ''),
})

function readAnswer<E extends OpenApiEndpoint>(
  endpoint: E,
  body: unknown,
  secrets: readonly string[],
): v.InferOutput<E['response']> {
  const failure = v.safeParse(Failure, body)
  if (failure.success && failure.output.errcode !== 0) {
    const { errcode, errmsg } = failure.output
    const declared = endpoint.errors.find((e) => e.errcode === errcode)
    const harmless = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), errmsg)
    const { name: reason, outcome = 'unknown' } = declared ?? {}
    throw new OpenApiError(harmless.slice(0, ERRMSG_MAX), { errcode, reason, outcome })
  }
  const parsed = v.safeParse(endpoint.response, body)
  if (parsed.success) return parsed.output as v.InferOutput<E['response']>
  throw new OpenApiError(`${endpoint.id}: the answer is malformed`, { outcome: 'unknown' })
}
