import { attributesOf, onAttribute } from '../attributes.ts'
import { fire } from '../events.ts'
import { findById } from '../find.ts'
import type { Component } from './index.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/scroll-view.html */
export const scrollView: Component = (host, element) => {
  let edge = ''
  let last = { top: 0, left: 0 }
  element.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollWidth, scrollHeight } = element
    const delta = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop }
    last = { top: scrollTop, left: scrollLeft }
    fire(host, element, 'scroll', { scrollTop, scrollLeft, scrollWidth, scrollHeight, ...delta })
    const now = edgeOf(element)
    if (now && now !== edge) fire(host, element, now, { direction: scrollTop > 0 ? 'bottom' : 'top' })
    edge = now
  })
  onAttribute(element, (name, value) => {
    if (name === 'scroll-top') element.scrollTop = Number(value ?? 0)
    else if (name === 'scroll-left') element.scrollLeft = Number(value ?? 0)
    else if (name === 'scroll-into-view' && value) {
      findById(element, String(value))?.scrollIntoView({ block: 'nearest' })
    }
    return false
  })
}

function edgeOf(element: HTMLElement): string {
  const { 'lower-threshold': lower = 50, 'upper-threshold': upper = 50 } = attributesOf(element)
  const below = element.scrollHeight - element.clientHeight - element.scrollTop
  if (below <= Number(lower)) return 'scrolltolower'
  return element.scrollTop <= Number(upper) ? 'scrolltoupper' : ''
}
