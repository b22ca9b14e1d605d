import type { Host } from '../../core/host.ts'
import { attributesOf, onAttribute } from '../attributes.ts'
import { fire } from '../events.ts'
import type { Component } from './index.ts'

/** A row that snaps; enough for a carousel without `vertical`, `circular` or several items at once. */
export const swiper: Component = (host, element) => {
  let shown = 0
  element.addEventListener('scrollend', () => {
    const index = Math.round(element.scrollLeft / Math.max(1, element.clientWidth))
    if (index === shown) return
    shown = index
    fire(host, element, 'change', { current: index, source: 'touch' })
  })
  onAttribute(element, (name, value) => {
    if (name === 'current') {
      shown = Number(value ?? 0)
      element.scrollLeft = shown * element.clientWidth
    }
    return false
  })
}

export function swipeTo(host: Host, element: HTMLElement, index: number): void {
  attributesOf(element).current = index
  element.scrollLeft = index * element.clientWidth
  fire(host, element, 'change', { current: index, source: 'touch' })
}
