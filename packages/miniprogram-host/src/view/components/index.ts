import type { Host } from '../../core/host.ts'
import { rpxToPx } from '../../core/style.ts'
import { domTag } from '../tags.ts'
import { button } from './button.ts'
import { checkbox, radio, switchField } from './choices.ts'
import { form, label } from './form.ts'
import { image } from './image.ts'
import { navigator } from './navigator.ts'
import { scrollView } from './scroll-view.ts'
import { swiper } from './swiper.ts'
import { textField } from './text-field.ts'

/** Gives a fresh element of a built-in component its behaviour. */
export type Component = (host: Host, element: HTMLElement) => void

const COMPONENTS: Record<string, Component> = {
  button,
  checkbox,
  form,
  image,
  input: textField,
  label,
  navigator,
  radio,
  'scroll-view': scrollView,
  swiper,
  switch: switchField,
  textarea: textField,
}

/** `style="width: 100rpx"` is written by apps, too. */
function readRpx(element: HTMLElement, widthPx: number): void {
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? rpxToPx(value, widthPx) : value)
}

/** Makes glass-easel's elements of known tags through the table above; all others are plain boxes with a style. */
export function useComponents(host: Host): void {
  const { document } = host.env.window
  const factory = {
    createElement(tag: string): HTMLElement {
      const element = document.createElement(domTag(tag))
      readRpx(element, host.env.viewport.width)
      COMPONENTS[tag]?.(host, element)
      return element
    },
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  }
  host.dom.document = factory as unknown as typeof host.dom.document
}
