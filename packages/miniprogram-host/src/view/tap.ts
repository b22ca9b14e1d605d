import { noteTap } from '../core/gesture.ts'
import type { Host } from '../core/host.ts'
import { builtInOf, instanceOf } from './builtin.ts'
import { fire, touchAt } from './events.ts'

/** `tap` for the app, then what the nearest built-in component does by itself. */
export function tap(host: Host, element: HTMLElement, point?: { x: number; y: number }): void {
  const button = element.closest('wx-button')
  if (button && instanceOf(button)?.properties.disabled) return
  noteTap(host)
  const { detail, touches } = touchAt(element, point)
  fire(host, element, 'tap', detail, { bubbles: true, touches })
  for (let current: HTMLElement | null = element; current; current = current.parentElement) {
    const self = instanceOf(current)
    const effect = builtInOf(current)?.tap
    if (self && effect) {
      effect(self)
      return
    }
  }
}

/** A whole touch, as automator's `tap()` makes it. */
export function press(host: Host, element: HTMLElement): void {
  const { detail, touches } = touchAt(element)
  fire(host, element, 'touchstart', detail, { bubbles: true, touches })
  fire(host, element, 'touchend', detail, { bubbles: true, touches })
  tap(host, element)
}
