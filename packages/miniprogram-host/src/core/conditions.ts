import { callBack } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { cutNetwork } from './network.ts'
import { followTheme } from './theme.ts'

export type NetworkType = 'wifi' | '4g' | '5g' | 'none'
export type Theme = 'light' | 'dark'

/** What the person who holds the phone, and WeChat around the app, have set. Scriptable, and shown beside the phone. */
export interface Conditions {
  networkType: NetworkType
  theme: Theme
  /** WeChat's text size (我 → 设置 → 通用 → 字体大小): 16 is standard, 23 the largest. */
  fontSizePx: number
  /** Whether 用户隐私保护指引 still has to be agreed to. */
  needsPrivacyConsent: boolean
}

export const defaultConditions: Readonly<Conditions> = {
  networkType: 'wifi',
  theme: 'light',
  fontSizePx: 16,
  needsPrivacyConsent: false,
}

/** Changes them while the app runs, and tells the app what WeChat tells it. */
export function setConditions(host: Host, change: Partial<Conditions>): void {
  const before = { ...host.conditions }
  Object.assign(host.conditions, change)
  const { networkType, theme } = host.conditions
  if (networkType !== before.networkType) {
    cutNetwork(host, networkType === 'none' ? 'disconnected' : 'switched')
    tell(host, 'NetworkStatusChange', { isConnected: networkType !== 'none', networkType })
  }
  if (theme !== before.theme) {
    followTheme(host, before.theme)
  }
  const page = currentPage(host)
  if (page) host.chrome.routed?.(host, page)
}

function tell(host: Host, event: string, value: unknown): void {
  for (const listener of host.listeners.get(event) ?? []) callBack(host, listener, host.env.logic.adopt(value))
}
