import type { Host } from '../core/host.ts'
import { attributesOf, isOn } from './attributes.ts'
import { fire, touchAt } from './events.ts'
import { tagOf } from './tags.ts'

/** What a tap on a built-in component does by itself, by tag; registered by the components. */
export type TapDefault = (host: Host, element: HTMLElement) => void

const defaults = new Map<string, TapDefault>()

export function onTap(tag: string, effect: TapDefault): void {
  defaults.set(tag, effect)
}

export function tap(host: Host, element: HTMLElement, point?: { x: number; y: number }): void {
  const button = element.closest<HTMLElement>('wx-button')
  if (button && isOn(attributesOf(button).disabled)) return
  const { detail, touches } = touchAt(element, point)
  fire(host, element, 'tap', detail, { bubbles: true, touches })
  for (let current: HTMLElement | null = element; current; current = current.parentElement) {
    const effect = defaults.get(tagOf(current))
    if (effect) {
      effect(host, current)
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
