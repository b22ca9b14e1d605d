import type { Host } from '../../core/host.ts'
import { rpxToPx } from '../../core/style.ts'
import { ariaChanged, ariaProperties } from '../aria.ts'
import { type BuiltIn, defineBuiltIn } from '../builtin.ts'
import { domTag } from '../tags.ts'
import { button } from './button.ts'
import { checkbox, checkboxGroup, radio, radioGroup, switchField } from './choices.ts'
import { form, label } from './form.ts'
import { image } from './image.ts'
import { navigator } from './navigator.ts'
import { scrollView } from './scroll-view.ts'
import { swiper, swiperItem } from './swiper.ts'
import { text } from './text.ts'
import { input, textarea } from './text-field.ts'
import { view } from './view.ts'

const COMPONENTS: readonly BuiltIn[] = [
  button,
  checkbox,
  checkboxGroup,
  form,
  image,
  input,
  label,
  navigator,
  radio,
  radioGroup,
  scrollView,
  swiper,
  swiperItem,
  switchField,
  text,
  textarea,
  view,
]

/** `style="width: 100rpx"` is written by apps, too. */
function readRpx(element: HTMLElement, widthPx: number): void {
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? rpxToPx(value, widthPx) : value)
}

/** Declares the built-in components; tags that are none of them are plain boxes. */
export function useComponents(host: Host): void {
  const { document } = host.env.window
  const factory = {
    createElement(tag: string): HTMLElement {
      const element = document.createElement(domTag(tag))
      readRpx(element, host.env.viewport.width)
      return element
    },
    createTextNode: (content: string) => document.createTextNode(content),
    createDocumentFragment: () => document.createDocumentFragment(),
  }
  host.dom.document = factory as unknown as typeof host.dom.document
  for (const component of COMPONENTS) {
    defineBuiltIn(host, {
      ...component,
      properties: { ...ariaProperties, ...component.properties } as BuiltIn['properties'],
      changed: { ...ariaChanged, ...component.changed },
    })
  }
}
