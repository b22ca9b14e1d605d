import { type BuiltIn, type Instance, instanceOf } from '../builtin.ts'
import { fire } from '../events.ts'

/** A row that snaps. https://developers.weixin.qq.com/miniprogram/dev/component/swiper.html */
export const swiper: BuiltIn = {
  tag: 'swiper',
  properties: { current: 'number', duration: ['number', 500] },
  create: (self) => {
    const { element } = self
    element.addEventListener('scrollend', () => {
      const index = Math.round(element.scrollLeft / Math.max(1, element.clientWidth))
      if (index !== self.properties.current) turn(self, index)
    })
    return undefined
  },
  changed: {
    current: ({ element }, value) => {
      element.scrollLeft = Number(value) * element.clientWidth
    },
  },
}

export const swiperItem: BuiltIn = {
  tag: 'swiper-item',
  properties: { itemId: 'string', skipHiddenItemLayout: 'boolean' },
}

function turn(self: Instance, current: number): void {
  self.set('current', current)
  fire(self.host, self.element, 'change', { current, currentItemId: '', source: 'touch' })
}

/** As a finger does it. */
export function swipeTo(element: Element, index: number): void {
  const self = instanceOf(element)
  if (self) turn(self, index)
}
