import { type BuiltIn, type Instance, instanceOf } from '../builtin.ts'
import { fire } from '../events.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/component/movable-area.html */
export const movableArea: BuiltIn = { tag: 'movable-area', properties: { scaleArea: 'boolean' } }

interface Point {
  x: number
  y: number
}

function draw({ element, properties }: Instance): void {
  element.style.translate = `${Number(properties.x)}px ${Number(properties.y)}px`
}

/** Inside its area unless `out-of-bounds`; a view larger than the area may show each of its ends. */
function bound(self: Instance, { x, y }: Point): Point {
  const { element, properties } = self
  const area = element.parentElement
  if (!area || properties.outOfBounds || !self.host.env.hasLayout) return { x, y }
  const clamp = (value: number, room: number): number => Math.min(Math.max(0, room), Math.max(Math.min(0, room), value))
  return {
    x: clamp(x, area.clientWidth - element.offsetWidth),
    y: clamp(y, area.clientHeight - element.offsetHeight),
  }
}

function move(self: Instance, wanted: Point, source: 'touch' | ''): void {
  const { x, y } = bound(self, wanted)
  if (x === self.properties.x && y === self.properties.y) return
  self.set('x', x)
  self.set('y', y)
  fire(self.host, self.element, 'change', { x, y, source })
}

function watchFinger(self: Instance): undefined {
  const { element } = self
  let start: (Point & { fromX: number; fromY: number }) | undefined
  element.addEventListener('pointerdown', (event) => {
    if (self.properties.disabled || self.properties.direction === 'none') return
    element.setPointerCapture?.(event.pointerId)
    const { x, y } = self.properties
    start = { x: event.clientX, y: event.clientY, fromX: Number(x), fromY: Number(y) }
  })
  element.addEventListener('pointermove', (event) => {
    if (!start) return
    const direction = self.properties.direction
    const x = start.fromX + (direction === 'vertical' ? 0 : event.clientX - start.x)
    const y = start.fromY + (direction === 'horizontal' ? 0 : event.clientY - start.y)
    move(self, { x, y }, 'touch')
  })
  for (const end of ['pointerup', 'pointercancel']) {
    element.addEventListener(end, () => {
      start = undefined
    })
  }
}

/** Follows the finger; no inertia, no friction, no scaling. https://developers.weixin.qq.com/miniprogram/dev/component/movable-view.html */
export const movableView: BuiltIn = {
  tag: 'movable-view',
  properties: {
    direction: ['string', 'none'],
    inertia: 'boolean',
    outOfBounds: 'boolean',
    x: 'number',
    y: 'number',
    damping: ['number', 20],
    friction: ['number', 2],
    disabled: 'boolean',
    scale: 'boolean',
    scaleMin: ['number', 0.1],
    scaleMax: ['number', 10],
    scaleValue: ['number', 1],
    animation: ['boolean', true],
  },
  create: watchFinger,
  changed: { x: draw, y: draw },
}

/** As a finger that drags it there. */
export function moveTo(element: Element, x: number, y: number): void {
  const self = instanceOf(element)
  if (self && !self.properties.disabled) move(self, { x, y }, 'touch')
}
