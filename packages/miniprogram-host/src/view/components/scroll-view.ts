import { type BuiltIn, type Instance, reflect } from '../builtin.ts'
import { fire } from '../events.ts'
import { findById } from '../find.ts'
import { showRefresher, watchRefresher } from './refresher.ts'

function scrollTo({ element, properties }: Instance, place: { top?: number; left?: number }): void {
  if (properties.scrollWithAnimation && element.scrollTo) element.scrollTo({ ...place, behavior: 'smooth' })
  else {
    if (place.top !== undefined) element.scrollTop = place.top
    if (place.left !== undefined) element.scrollLeft = place.left
  }
}

function scrollIntoView({ element, properties }: Instance): void {
  const behavior = properties.scrollWithAnimation ? 'smooth' : 'instant'
  const target = findById(element, String(properties.scrollIntoView))
  target?.scrollIntoView?.({ block: 'start', inline: 'start', behavior })
}

/** Which ends are near: each is told once until the finger has left it. */
function endsOf({ element, properties }: Instance): Set<string> {
  const { scrollTop, scrollLeft, scrollWidth, scrollHeight, clientWidth, clientHeight } = element
  const [place, room, seen] = properties.scrollX
    ? [scrollLeft, scrollWidth, clientWidth]
    : [scrollTop, scrollHeight, clientHeight]
  const ends = new Set<string>()
  if (place <= Number(properties.upperThreshold)) ends.add('scrolltoupper')
  if (room - seen - place <= Number(properties.lowerThreshold)) ends.add('scrolltolower')
  return ends
}

function watchScroll(self: Instance): void {
  const { host, element } = self
  let near = new Set(['scrolltoupper'])
  let last = { top: 0, left: 0 }
  element.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollWidth, scrollHeight } = element
    const delta = { deltaX: last.left - scrollLeft, deltaY: last.top - scrollTop }
    last = { top: scrollTop, left: scrollLeft }
    fire(host, element, 'scroll', { scrollTop, scrollLeft, scrollWidth, scrollHeight, ...delta })
    const now = endsOf(self)
    const [start, end] = self.properties.scrollX ? ['left', 'right'] : ['top', 'bottom']
    for (const event of now) {
      if (!near.has(event)) fire(host, element, event, { direction: event === 'scrolltoupper' ? start : end })
    }
    near = now
  })
}

function watchDrag(self: Instance): void {
  const { host, element } = self
  let isDown = false
  const tell = (event: string): void => {
    const { scrollTop, scrollLeft } = element
    if (self.properties.enhanced) fire(host, element, event, { scrollTop, scrollLeft })
  }
  element.addEventListener('touchstart', () => {
    isDown = true
    tell('dragstart')
  })
  element.addEventListener('touchmove', () => isDown && tell('dragging'))
  element.addEventListener('touchend', () => {
    isDown = false
    tell('dragend')
  })
}

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
    enableBackToTop: 'boolean',
    enableFlex: 'boolean',
    scrollAnchoring: 'boolean',
    enhanced: 'boolean',
    bounces: ['boolean', true],
    showScrollbar: ['boolean', true],
    pagingEnabled: 'boolean',
    fastDeceleration: 'boolean',
    refresherEnabled: 'boolean',
    refresherThreshold: ['number', 45],
    refresherDefaultStyle: ['string', 'black'],
    refresherBackground: ['string', '#FFF'],
    refresherTriggered: 'boolean',
  },
  create: (self) => {
    watchScroll(self)
    watchDrag(self)
    watchRefresher(self)
    return undefined
  },
  // Before there were rows there was no place to go to.
  attached: (self) => {
    scrollTo(self, { top: Number(self.properties.scrollTop), left: Number(self.properties.scrollLeft) })
    scrollIntoView(self)
  },
  changed: {
    ...reflect('scrollX', 'scrollY', 'enableFlex', 'pagingEnabled'),
    scrollTop: (self, value) => scrollTo(self, { top: Number(value) }),
    scrollLeft: (self, value) => scrollTo(self, { left: Number(value) }),
    scrollIntoView,
    refresherTriggered: (self, value) => showRefresher(self, Boolean(value)),
  },
}
