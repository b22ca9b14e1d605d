import type { Host } from '../core/host.ts'
import { fire, type Touch, touchAt } from './events.ts'
import { watchHover } from './hover.ts'
import { endPress, startPress } from './long-press.ts'
import { tap } from './tap.ts'

const PASSED_ON = new Set([
  'touchstart',
  'touchmove',
  'touchend',
  'touchcancel',
  'transitionend',
  'animationend',
  'animationstart',
  'animationiteration',
])

/**
 * Real input. glass-easel makes `tap` out of touches and mouse; everything that a built-in component fires itself
 * (input, change, scroll, load …) also exists as a DOM event, which must not arrive twice.
 */
export function listenToTouches(host: Host): void {
  watchHover(host)
  watchLongPress(host)
  host.dom.onEvent((target, type, detail, options) => {
    const element = target.getBackendElement() as unknown as HTMLElement | null
    if (!element) return
    if (type === 'tap') tap(host, element, detail as { x: number; y: number })
    else if (PASSED_ON.has(type)) {
      const original = Reflect.get(options, 'originalEvent') as unknown
      fire(host, element, type, touchAt(element).detail, { bubbles: true, touches: touchesOf(original) })
    }
  })
}

function touchesOf(event: unknown): Touch[] {
  const list = typeof event === 'object' && event !== null ? Reflect.get(event, 'changedTouches') : undefined
  if (!list) return []
  return Array.from(list as ArrayLike<Touch>, ({ identifier, pageX, pageY, clientX, clientY }) => ({
    identifier,
    pageX,
    pageY,
    clientX,
    clientY,
  }))
}

function watchLongPress(host: Host): void {
  const { screen, window } = host.env
  screen.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof window.Element) startPress(host, target)
  })
  for (const end of ['pointermove', 'pointerup', 'pointercancel']) screen.addEventListener(end, () => endPress(host))
}
