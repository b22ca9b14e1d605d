import { type BuiltIn, type Instance, instanceOf } from '../builtin.ts'
import { fire } from '../events.ts'

const ITEM_PX = 34

const columnsOf = (view: Element): HTMLElement[] =>
  Array.from(view.querySelectorAll<HTMLElement>('wx-picker-view-column'))

const heightOf = (view: Element): number => {
  const style = String(instanceOf(view)?.properties.indicatorStyle ?? '')
  return Number(/height\s*:\s*([\d.]+)px/.exec(style)?.[1] ?? ITEM_PX)
}

/** Turns every column to the place that `value` names; a place past the end is the last one. */
function draw({ element, properties }: Instance): void {
  const heightPx = heightOf(element)
  element.style.setProperty('--item', `${heightPx}px`)
  const value = Array.isArray(properties.value) ? properties.value : []
  columnsOf(element).forEach((column, index) => {
    column.scrollTop = Number(value[index] ?? 0) * heightPx
  })
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/picker-view.html */
export const pickerView: BuiltIn = {
  tag: 'picker-view',
  properties: {
    name: 'string',
    value: 'array',
    indicatorStyle: 'string',
    indicatorClass: 'string',
    maskStyle: 'string',
    maskClass: 'string',
    immediateChange: 'boolean',
  },
  attached: draw,
  changed: { value: draw, indicatorStyle: draw },
  field: { value: ({ properties }) => properties.value, reset: (self) => self.set('value', []) },
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/picker-view-column.html */
export const pickerViewColumn: BuiltIn = {
  tag: 'picker-view-column',
  properties: {},
  create: ({ host, element }) => {
    const viewOf = (): HTMLElement | null => element.closest<HTMLElement>('wx-picker-view')
    let isTouched = false
    element.addEventListener('pointerdown', () => {
      const view = viewOf()
      isTouched = true
      if (view) fire(host, view, 'pickstart')
    })
    element.addEventListener('scrollend', () => {
      const view = viewOf()
      if (!view) return
      pick(view, columnsOf(view).indexOf(element), Math.round(element.scrollTop / heightOf(view)))
      if (isTouched) fire(host, view, 'pickend')
      isTouched = false
    })
    return undefined
  },
  attached: ({ element }) => {
    const view = element.closest('wx-picker-view')
    const self = view && instanceOf(view)
    if (self) draw(self)
  },
}

/** A finger has turned one column. */
export function pick(view: Element, column: number, index: number): void {
  const self = instanceOf(view)
  if (!self) return
  const before = Array.isArray(self.properties.value) ? self.properties.value : []
  const value = columnsOf(view).map((_, place) => Number(before[place] ?? 0))
  if (value[column] === index) return
  value[column] = index
  self.set('value', value)
  fire(self.host, self.element, 'change', { value })
}
