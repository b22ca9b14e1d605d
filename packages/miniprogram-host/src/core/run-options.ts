import type { Conditions } from './conditions.ts'
import type { DomainLists, Viewport } from './environment.ts'
import type { StartOptions } from './start.ts'

/** What may differ from run to run, in Node and in a page alike. Plain JSON. */
export interface RunOptions extends StartOptions {
  /** What `wx.getExtConfigSync` answers, for instance the addresses that a development build should use. */
  extConfig?: Record<string, unknown>
  /** `manual` (default) leaves the payment sheet to `#sheet-pay` and `#sheet-cancel`. */
  sheet?: 'manual' | 'pay' | 'cancel'
  /** Offline, dark, large text, privacy not agreed to yet: as it is at the start. */
  conditions?: Partial<Conditions>
  /** Legal addresses (服务器域名). Default: any, as with DevTools' 不校验合法域名. */
  domains?: DomainLists
  /** What differs from `defaultViewport`, in CSS pixels. */
  viewport?: Partial<Viewport>
}

/** An iPhone with a home indicator. */
export const defaultViewport: Readonly<Viewport> = {
  width: 375,
  height: 760,
  statusBarHeight: 44,
  safeAreaBottom: 34,
  pixelRatio: 2,
}

/** The members of an environment that follow from the options. */
export const environmentOf = (options: RunOptions) => ({
  extConfig: options.extConfig ?? {},
  paySheet: options.sheet ?? ('manual' as const),
  conditions: options.conditions ?? {},
  domains: options.domains,
  viewport: { ...defaultViewport, ...options.viewport },
})
