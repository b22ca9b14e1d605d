import type { Host } from '../../core/host.ts'
import { deviceOf } from '../../core/wxss/device.ts'
import { toInlineCss } from '../../core/wxss/inline.ts'
import { animate } from '../animation.ts'
import { ariaChanged, ariaProperties } from '../aria.ts'
import { type BuiltIn, defineBuiltIn } from '../builtin.ts'
import { domTag } from '../tags.ts'
import { button } from './button.ts'
import { checkbox, checkboxGroup, radio, radioGroup, switchField } from './choices.ts'
import { coverImage, coverView } from './covers.ts'
import { form, label } from './form.ts'
import { icon } from './icon.ts'
import { image } from './image.ts'
import { movableArea, movableView } from './movable.ts'
import { navigator } from './navigator.ts'
import { pageMeta } from './page-meta.ts'
import { picker } from './picker.ts'
import { pickerView, pickerViewColumn } from './picker-view.ts'
import { pageContainer, rootPortal } from './portals.ts'
import { progress } from './progress.ts'
import { richText } from './rich-text.ts'
import { scrollView } from './scroll-view.ts'
import { slider } from './slider.ts'
import { swiper, swiperItem } from './swiper.ts'
import { text } from './text.ts'
import { input, textarea } from './text-field.ts'
import { view } from './view.ts'
import { webView } from './web-view.ts'

const COMPONENTS: readonly BuiltIn[] = [
  button,
  checkbox,
  checkboxGroup,
  coverImage,
  coverView,
  form,
  icon,
  image,
  input,
  label,
  movableArea,
  movableView,
  navigator,
  pageContainer,
  pageMeta,
  picker,
  pickerView,
  pickerViewColumn,
  progress,
  radio,
  radioGroup,
  richText,
  rootPortal,
  scrollView,
  slider,
  swiper,
  swiperItem,
  switchField,
  text,
  textarea,
  view,
  webView,
]

/** `style="width: 100rpx"` is written by apps, too. */
function readLengths(host: Host, element: HTMLElement): void {
  const setAttribute = element.setAttribute.bind(element)
  const inline = (style: string): string => toInlineCss(style, deviceOf(host), host.env.hasLayout)
  element.setAttribute = (name, value) => setAttribute(name, name === 'style' ? inline(value) : value)
}

/** Declares the built-in components; tags that are none of them are plain boxes. */
export function useComponents(host: Host): void {
  const { document } = host.env.window
  const factory = {
    createElement(tag: string): HTMLElement {
      const element = document.createElement(domTag(tag))
      readLengths(host, element)
      return element
    },
    createTextNode: (content: string) => document.createTextNode(content),
    createDocumentFragment: () => document.createDocumentFragment(),
  }
  host.dom.document = factory as unknown as typeof host.dom.document
  for (const component of COMPONENTS) {
    defineBuiltIn(host, {
      ...component,
      properties: { animation: 'any', ...ariaProperties, ...component.properties } as BuiltIn['properties'],
      changed: { animation: animate, ...ariaChanged, ...component.changed },
    })
  }
}
