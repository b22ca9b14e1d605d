import { askOnce } from './ask-once.ts'
import type { HttpAnswer, HttpRequest } from './client.ts'
import { claimOf, type Phone, type Question } from './phone.ts'
import { RequestFailed } from './request-failed.ts'
import type { Storage } from './storage.ts'
import { createSimulatedPhone, type Simulation } from './wechat-simulated.ts'
import { within } from './within.ts'

/** Everything that the app asks of WeChat; what one product alone asks is in `wechat/`. No other file calls `wx`. */

const LOGIN_TIMEOUT_MS = 10_000

/** A development build takes other addresses from the host that runs it. */
export const addresses: { apiBaseUrl: string; simulatorUrl?: string } = {
  apiBaseUrl: process.env.API_BASE_URL ?? '',
  ...(process.env.SIMULATOR_URL && { simulatorUrl: process.env.SIMULATOR_URL, ...wx.getExtConfigSync?.() }),
}

export const storage: Storage = {
  read: (key) => {
    const value: unknown = wx.getStorageSync(key)
    return value === '' ? undefined : value
  },
  write: (key, value) => wx.setStorageSync(key, value),
  remove: (key) => wx.removeStorageSync(key),
}

/** WeChat keeps its own time limit, but for clients that forget to call back. */
const LATE_MS = 1000

export function send(request: HttpRequest): Promise<HttpAnswer> {
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    wx.request({
      url: request.url,
      method: request.method,
      header: request.headers,
      timeout: request.timeoutMs,
      ...(request.body !== undefined && { data: request.body }),
      success: (answer) => resolve({ status: answer.statusCode, body: answer.data }),
      fail: ({ errMsg }) =>
        reject(new RequestFailed({ code: /time/i.test(errMsg) ? 'TIMED_OUT' : 'OFFLINE', message: errMsg })),
    })
  })
  return within(request.timeoutMs + LATE_MS, answered, { code: 'TIMED_OUT', message: 'request:no answer' })
}

/** `wx.login` says only in words, which are not documented, why it failed: whether the network is away is asked for. */
function loginFailure(message: string): Promise<RequestFailed> {
  return new Promise((resolve) => {
    wx.getNetworkType({
      success: ({ networkType }) => {
        const code = networkType === 'none' ? 'OFFLINE' : 'LOGIN_FAILED'
        resolve(new RequestFailed({ code, message }))
      },
      fail: () => resolve(new RequestFailed({ code: 'LOGIN_FAILED', message })),
    })
  })
}

const realPhone: Phone = {
  login: () => {
    const answered = new Promise<string>((resolve, reject) => {
      wx.login({
        timeout: LOGIN_TIMEOUT_MS,
        success: ({ code }) => resolve(code),
        fail: ({ errMsg }) => loginFailure(errMsg).then(reject),
      })
    })
    return within(LOGIN_TIMEOUT_MS + LATE_MS, answered, { code: 'LOGIN_FAILED', message: 'login:no answer' })
  },
  requestPayment: (parameters) =>
    new Promise((resolve) => {
      wx.requestPayment({
        ...parameters,
        complete: ({ errMsg }) => resolve(claimOf(errMsg)),
      })
    }),
}

/**
 * WeChat DevTools logs in at the real WeChat, which knows nothing of the simulator. `miniprogram-host` wires
 * `wx.login` and `wx.requestPayment` to the simulator by itself, and says who it is by its model.
 */
function inDevTools(): boolean {
  const { platform, model } = wx.getDeviceInfo()
  return platform === 'devtools' && model !== 'Shouyin host'
}

/** One question at a time. */
export const confirm = askOnce(ask, Date.now)

function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    wx.showModal({
      title: question.title,
      content: question.content,
      confirmText: question.yes,
      cancelText: question.no,
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    })
  })
}

/** The local simulator in WeChat's place; `undefined` on a phone, and in every production build. */
export const simulation: Simulation | undefined =
  process.env.SIMULATOR_URL && inDevTools()
    ? {
        simulatorUrl: addresses.simulatorUrl ?? process.env.SIMULATOR_URL,
        appid: wx.getAccountInfoSync().miniProgram.appId,
        send,
        storage,
        ask: confirm,
      }
    : undefined

export const phone: Phone = process.env.SIMULATOR_URL && simulation ? createSimulatedPhone(simulation) : realPhone

export const toast = (title: string): void => void wx.showToast({ title, icon: 'none', duration: 2000 })

/** The pages that lie on each other, the shopper's on top; without their queries. */
export const pagePaths = (): string[] => getCurrentPages().map(({ route }) => route)

/** Whatever nobody caught, from the moment on that this is called. */
export function onThrown(tell: (kind: 'error' | 'rejection', thrown: unknown) => void): void {
  wx.onError((error) => tell('error', error))
  wx.onUnhandledRejection(({ reason }) => tell('rejection', reason))
}

/** Calls back whenever there is a network again, or another one; returns how to stop that. */
export function onOnline(tell: () => void): () => void {
  // WeChat's types know what `on` is told, but not that `off` takes the same function.
  const listener = (status: object): void => {
    if ('isConnected' in status && status.isConnected) tell()
  }
  wx.onNetworkStatusChange(listener)
  return () => wx.offNetworkStatusChange(listener)
}

/** Of the mini-program (a version that is not released has none) and of the base library. */
export function versions(): { appVersion: string; baseLibrary: string } {
  const { version, envVersion } = wx.getAccountInfoSync().miniProgram
  return { appVersion: version || envVersion, baseLibrary: wx.getAppBaseInfo().SDKVersion }
}

export function copy(text: string, done: string): void {
  wx.setClipboardData({
    data: text,
    success: () => toast(done),
    // 剪切板 is not in every shop's 用户隐私保护指引.
    fail: () => toast('长按可以复制'),
  })
}

const STANDARD_TEXT_PX = 16

/**
 * How much larger than usual the shopper reads in WeChat, 1 as a rule and 1.5 at most.
 * https://developers.weixin.qq.com/miniprogram/design/elderly.html
 */
export function textScale(): number {
  const info: { fontSizeScaleFactor?: number; fontSizeSetting?: number } = wx.getAppBaseInfo()
  return info.fontSizeScaleFactor ?? (info.fontSizeSetting ?? STANDARD_TEXT_PX) / STANDARD_TEXT_PX
}

export const stopPullDownRefresh = (): void => void wx.stopPullDownRefresh()

/** WeChat refuses this outside the tab pages, which does no harm. */
export function showTabCount(index: number, count: number): void {
  const ignore = () => {}
  if (count > 0) wx.setTabBarBadge({ index, text: count > 99 ? '99+' : String(count), fail: ignore })
  else wx.removeTabBarBadge({ index, fail: ignore })
}
