import type { AppFunction } from '../core/environment.ts'
import type { Host } from '../core/host.ts'

const EVENTS = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'NetworkStatusChange',
  'WindowResize',
  'ThemeChange',
  'MemoryWarning',
  'UserCaptureScreen',
  'NeedPrivacyAuthorization',
]

/** `wx.onX` and `wx.offX`; without a callback `offX` removes all. */
export function listenerApis(host: Host): Record<string, AppFunction> {
  const apis: Record<string, AppFunction> = {}
  for (const event of EVENTS) {
    const listeners = new Set<AppFunction>()
    host.listeners.set(event, listeners)
    apis[`on${event}`] = (callback) => {
      if (typeof callback === 'function') listeners.add(callback as AppFunction)
    }
    apis[`off${event}`] = (callback) => {
      if (typeof callback === 'function') listeners.delete(callback as AppFunction)
      else listeners.clear()
    }
  }
  return apis
}
