import type { Host } from '../core/host.ts'
import { fire, touchAt } from './events.ts'

const LONG_PRESS_MS = 350

const timers = new WeakMap<Host, number>()

/** `longpress` fires while the finger still rests. */
export function startPress(host: Host, element: Element): void {
  endPress(host)
  const timer = host.env.window.setTimeout(() => {
    const { detail, touches } = touchAt(element)
    fire(host, element, 'longpress', detail, { bubbles: true, touches })
  }, LONG_PRESS_MS)
  timers.set(host, timer)
}

export function endPress(host: Host): void {
  host.env.window.clearTimeout(timers.get(host))
}
