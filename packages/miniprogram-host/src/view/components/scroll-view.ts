import { type BuiltIn, type Instance, reflect } from '../builtin.ts'
import { fire } from '../events.ts'
import { findById } from '../find.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/scroll-view.html */
export const scrollView: BuiltIn = {
  tag: 'scroll-view',
  properties: {
    scrollX: 'boolean',
    scrollY: 'boolean',
    upperThreshold: ['number', 50],
    lowerThreshold: ['number', 50],
    scrollTop: 'number',
    scrollLeft: 'number',
    scrollIntoView: 'string',
    scrollWithAnimation: 'boolean',
  },
  create: (self) => void watchScroll(self),
  changed: {
    ...reflect('scrollX', 'scrollY'),
    scrollTop: (self, value) => scrollTo(self, { top: Number(value) }),
    scrollLeft: (self, value) => scrollTo(self, { left: Number(value) }),
    scrollIntoView: ({ element }, value) => {
      if (value) findById(element, String(value))?.scrollIntoView({ block: 'start' })
    },
  },
}

function scrollTo({ element, properties }: Instance, place: { top?: number; left?: number }): void {
  if (properties.scrollWithAnimation && element.scrollTo) element.scrollTo({ ...place, behavior: 'smooth' })
  else {
    if (place.top !== undefined) element.scrollTop = place.top
    if (place.left !== undefined) element.scrollLeft = place.left
  }
}

function watchScroll(self: Instance): void {
  const { host, element } = self
  let edge = ''
  let last = { top: 0, left: 0 }
  element.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollWidth, scrollHeight } = element
    const delta = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop }
    last = { top: scrollTop, left: scrollLeft }
    fire(host, element, 'scroll', { scrollTop, scrollLeft, scrollWidth, scrollHeight, ...delta })
    const now = edgeOf(self)
    if (now && now !== edge) fire(host, element, now, { direction: scrollTop > 0 ? 'bottom' : 'top' })
    edge = now
  })
}

function edgeOf({ element, properties }: Instance): string {
  const below = element.scrollHeight - element.clientHeight - element.scrollTop
  if (below <= Number(properties.lowerThreshold)) return 'scrolltolower'
  return element.scrollTop <= Number(properties.upperThreshold) ? 'scrolltoupper' : ''
}
