import { type BuiltIn, type Instance, instanceOf, reflect } from '../builtin.ts'
import { fire } from '../events.ts'

const parts = new WeakMap<Instance, { track: HTMLElement; label: HTMLElement }>()

function create(self: Instance): undefined {
  const { host, element } = self
  const make = (name: string): HTMLElement => {
    const part = host.env.window.document.createElement('i')
    part.className = `slider-${name}`
    return part
  }
  const [track, handle, label] = [make('track'), make('handle'), make('label')]
  track.append(handle)
  element.append(track, label)
  element.setAttribute('role', 'slider')
  parts.set(self, { track, label })
  watchFinger(self, track)
}

/** The finger drags the handle: `changing` while it moves, `change` when it lets go. */
function watchFinger(self: Instance, track: HTMLElement): void {
  let isDragging = false
  const follow = (event: PointerEvent): void => {
    const { left, width } = track.getBoundingClientRect()
    const value = stepTo(self, (event.clientX - left) / Math.max(1, width))
    if (value === self.properties.value) return
    self.set('value', value)
    fire(self.host, self.element, 'changing', { value })
  }
  self.element.addEventListener('pointerdown', (event) => {
    if (self.properties.disabled) return
    isDragging = true
    self.element.setPointerCapture?.(event.pointerId)
    follow(event)
  })
  self.element.addEventListener('pointermove', (event) => isDragging && follow(event))
  for (const end of ['pointerup', 'pointercancel']) {
    self.element.addEventListener(end, () => {
      if (isDragging) fire(self.host, self.element, 'change', { value: self.properties.value })
      isDragging = false
    })
  }
}

function stepTo({ properties }: Instance, share: number): number {
  const [min, max, step] = [Number(properties.min), Number(properties.max), Number(properties.step) || 1]
  const steps = Math.round((Math.min(1, Math.max(0, share)) * (max - min)) / step)
  return Math.min(max, min + steps * step)
}

function draw(self: Instance): void {
  const { element, properties } = self
  const { value, min, max, activeColor, backgroundColor, blockSize, blockColor, showValue } = properties
  const share = (Number(value) - Number(min)) / (Number(max) - Number(min) || 1)
  for (const [name, given] of Object.entries({ share, activeColor, backgroundColor, blockColor })) {
    element.style.setProperty(`--${name}`, String(given))
  }
  element.style.setProperty('--blockSize', `${Math.min(28, Math.max(12, Number(blockSize)))}px`)
  element.setAttribute('aria-valuemin', String(min))
  element.setAttribute('aria-valuemax', String(max))
  element.setAttribute('aria-valuenow', String(value))
  const label = parts.get(self)?.label
  if (label) label.textContent = showValue ? String(value) : ''
}

const drawn = ['value', 'min', 'max', 'activeColor', 'backgroundColor', 'blockSize', 'blockColor', 'showValue']

/** https://developers.weixin.qq.com/miniprogram/dev/component/slider.html */
export const slider: BuiltIn = {
  tag: 'slider',
  properties: {
    name: 'string',
    min: 'number',
    max: ['number', 100],
    step: ['number', 1],
    disabled: 'boolean',
    value: 'number',
    color: ['string', '#e9e9e9'],
    selectedColor: ['string', '#1aad19'],
    activeColor: ['string', '#1aad19'],
    backgroundColor: ['string', '#e9e9e9'],
    blockSize: ['number', 28],
    blockColor: ['string', '#ffffff'],
    showValue: 'boolean',
  },
  create,
  attached: draw,
  changed: { ...reflect('disabled'), ...Object.fromEntries(drawn.map((name) => [name, draw])) },
  field: { value: ({ properties }) => properties.value, reset: (self) => self.set('value', self.properties.min) },
}

/** As a finger that lets go at a value. */
export function slideTo(element: Element, value: number): void {
  const self = instanceOf(element)
  if (!self || self.properties.disabled) return
  const { min, max } = self.properties
  self.set('value', stepTo(self, (value - Number(min)) / (Number(max) - Number(min) || 1)))
  fire(self.host, self.element, 'change', { value: self.properties.value })
}
