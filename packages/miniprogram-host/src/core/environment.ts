import type * as GlassEasel from 'glass-easel'
import type * as Adapter from 'glass-easel-miniprogram-adapter/dist/glass_easel_miniprogram_adapter.js'
import type { Regions } from '../view/picker-region.ts'
import type { Conditions } from './conditions.ts'
import type { Css } from './wxss/css.ts'

export type { Adapter, GlassEasel }
export type AppFunction = (...args: unknown[]) => unknown

/** The thread that runs the app's code: a vm context in Node, an iframe in a browser. */
export interface LogicRealm {
  Promise: PromiseConstructor
  ArrayBuffer: ArrayBufferConstructor
  Uint8Array: Uint8ArrayConstructor
  Error: ErrorConstructor
  /** A JSON copy made of the realm's own objects, so that `instanceof` holds there. */
  adopt<T>(value: T): T
  setGlobal(name: string, value: unknown): void
  /** Runs one CommonJS file of the build with these free variables. */
  runModule(path: string, variables: Record<string, unknown>): void
  /** The function that a test sent: by its source, or, where the page forbids eval, by its address as a script. */
  evaluate(sourceOrAddress: string): AppFunction | Promise<AppFunction>
}

export interface KeyValueStore {
  get(key: string): string | undefined
  set(key: string, value: string): void
  delete(key: string): void
  clear(): void
  keys(): string[]
}

export interface CarriedRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | undefined
  signal: AbortSignal
  /** Told how many bytes of the body have left, where the carrier can know that. */
  onSent?(bytes: number): void
}

export type HeaderList = [name: string, value: string][]

export interface CarriedResponse {
  status: number
  headers: HeaderList
  body: ReadableStream<Uint8Array>
}

/** One HTTP exchange: a redirect is an answer and not followed. A refusal of the network is an error with `code`. */
export type Carrier = (request: CarriedRequest) => Promise<CarriedResponse>

export interface SocketRequest {
  url: string
  headers: Record<string, string>
  protocols: readonly string[]
}

/** What becomes of a connection: `open`, then messages, then `closed`; or `refused`. */
export interface SocketEvents {
  open(headers: HeaderList): void
  message(data: string | Uint8Array): void
  /** It did not come about; `status` is the HTTP status of a server that answered something else than 101. */
  refused(message: string, status: number | undefined): void
  closed(code: number, reason: string): void
}

export interface CarriedSocket {
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code: number, reason: string): void
  /** Drops the line without a farewell. */
  cut(): void
}

export type SocketCarrier = (request: SocketRequest, events: SocketEvents) => CarriedSocket

/** The four lists of 开发设置 → 服务器域名, each with origins such as `https://api.example.com`. */
export interface DomainLists {
  request: readonly string[]
  uploadFile: readonly string[]
  downloadFile: readonly string[]
  socket: readonly string[]
}

/** The phone's glass; heights of WeChat's own bars are not in it. */
export interface Viewport {
  width: number
  height: number
  statusBarHeight: number
  safeAreaBottom: number
  pixelRatio: number
}

export interface SheetData {
  amountFen: number
  description: string
  merchantName: string
  /** 支付有礼: what the result page offers, if anything. */
  gift?: string
}

export interface PaymentAnswer {
  errMsg: string | null
  reason: string | null
  sheet: SheetData | null
}

/** The two ways from an app to a page of WeChat's own, by the simulator's names for them. */
export type VisitKind = 'open-business-view' | 'navigate-to-mini-program'

/** What the user sees there and may do; `rows` are label and value. */
export interface VisitPage {
  title: string
  rows: readonly { label: string; value: string }[]
  actions: readonly { action: string; label: string }[]
}

export interface VisitAnswer {
  /** Why the page does not open; null when it does. */
  errMsg: string | null
  /** Of `open`. */
  page: VisitPage | null
  /** Of the action that led back: what `App.onShow` gets with scene 1038. */
  referrerInfo: { appId: string; extraData?: Record<string, unknown> } | null
}

/** The WeChat client behind `wx.login`, `wx.requestPayment` and the pages of WeChat's own. */
export interface WechatClient {
  appid(): Promise<string>
  /** The shopper, once there is one. */
  openid(): string | undefined
  login(): Promise<{ code: string; openid: string }>
  payment(parameters: Record<string, string>, action: 'open' | 'pay' | 'cancel'): Promise<PaymentAnswer>
  /** `action` is `open`, `back`, or one that the page offers. Undefined: the simulator has no such page. */
  visit(kind: VisitKind, parameters: Record<string, unknown>, action: string): Promise<VisitAnswer | undefined>
}

/** Everything the host takes from where it runs; `core/` itself touches no Node module and no global of a browser. */
export interface Environment {
  /** The realm that glass-easel was loaded in. */
  window: Window & typeof globalThis
  /** Pages are attached here; dialogs, toasts and the payment sheet above, in `overlay`. */
  screen: HTMLElement
  overlay: HTMLElement
  /** True where boxes have sizes and `@scope` is understood. */
  hasLayout: boolean
  glassEasel: typeof GlassEasel
  adapter: typeof Adapter
  /** Text of the build by path: at least every .json. */
  files: Readonly<Record<string, string>>
  /** The style sheets of app, pages and components by path. */
  styles: Readonly<Record<string, Css>>
  /** What WeChat would do otherwise than meant with this build, or refuse to upload: a sentence each. */
  warnings: readonly string[]
  /** The executed output of the template compiler, by path without suffix. */
  templates: Readonly<Record<string, GlassEasel.template.ComponentTemplate['content']>>
  logic: LogicRealm
  store: KeyValueStore
  carrier: Carrier
  sockets: SocketCarrier
  wechat: WechatClient
  appid: string
  /** Names for the region picker, read when one is first opened. */
  regions(): Promise<Regions>
  /** What `wx.getExtConfigSync` answers; a development build may take its addresses from there. */
  extConfig: Record<string, unknown>
  viewport: Viewport
  /** Undefined: any address, as with DevTools' 不校验合法域名. */
  domains: DomainLists | undefined
  /** What differs from `defaultConditions` at the start. */
  conditions: Partial<Conditions>
  /** `manual` waits for a tap on the sheet. */
  paySheet: 'manual' | 'pay' | 'cancel'
  emit(event: string, parameters: Record<string, unknown>): void
}
