import { WxFailure } from './errors.ts'
import type { Host } from './host.ts'

/** 点击态: what proves to WeChat that the user has just tapped. */
interface Tap {
  /** An API has used it up: the task at hand keeps it, but no callback inherits it any more. */
  isSpent: boolean
}

const taps = new WeakMap<Host, Tap>()

/** These hand on the tap that they were called with, to their callbacks. */
const CARRIERS: ReadonlySet<string> = new Set(['request', 'downloadFile', 'getSetting'])
/** The user taps their dialog, so their callbacks start anew; a payment's does so however it ends. */
const GIVERS: ReadonlySet<string> = new Set(['showModal', 'showActionSheet'])
const ALWAYS_GIVERS: ReadonlySet<string> = new Set(['requestPayment'])

/**
 * The app is about to hear of a tap. It counts until the current task and its promises are done: timers have none, and
 * neither do methods that a test calls through automator. GUESS: as on Android and iOS 16; older iOS loses it in promises.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/tap.html
 */
export function noteTap(host: Host): void {
  grant(host, { isSpent: false })
}

export const hasTapGesture = (host: Host): boolean => taps.has(host)

/** Called by an API that only a tap may start. */
export function spendTap(host: Host): void {
  const tap = taps.get(host)
  if (!tap) throw new WxFailure('can only be invoked by user TAP gesture.')
  tap.isSpent = true
}

/** At the start of an API; what it returns is called right before the app's callbacks. Promises inherit nothing. */
export function inheritTap(host: Host, api: string): (isOk: boolean) => void {
  const tap = CARRIERS.has(api) ? taps.get(host) : undefined
  const inherited = tap?.isSpent ? undefined : tap
  return (isOk) => {
    if (ALWAYS_GIVERS.has(api) || (GIVERS.has(api) && isOk)) noteTap(host)
    else if (inherited && !inherited.isSpent) grant(host, inherited)
  }
}

function grant(host: Host, tap: Tap): void {
  taps.set(host, tap)
  host.env.window.setTimeout(() => {
    if (taps.get(host) === tap) taps.delete(host)
  }, 0)
}
