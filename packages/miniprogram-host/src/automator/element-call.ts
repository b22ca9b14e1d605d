import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { instanceOf } from '../view/builtin.ts'
import { swipeTo } from '../view/components/swiper.ts'
import { typeText } from '../view/components/text-field.ts'
import { fire } from '../view/events.ts'
import { tap } from '../view/tap.ts'

type ElementFunction = (host: Host, element: HTMLElement, args: unknown[]) => unknown

const input: ElementFunction = (_, element, [text]) => typeText(element, String(text ?? ''))

/** The methods that automator's element classes add for single components. */
const FUNCTIONS: Record<string, ElementFunction> = {
  'input.input': input,
  'textarea.input': input,
  'switch.tap': (host, element) => tap(host, element),
  'slider.slideTo': (host, element, [value]) => {
    instanceOf(element)?.set('value', value)
    fire(host, element, 'change', { value })
  },
  'swiper.swipeTo': (_, element, [index]) => swipeTo(element, Number(index)),
  'scroll-view.scrollTo': (_, element, [left, top]) => {
    element.scrollLeft = Number(left)
    element.scrollTop = Number(top)
  },
  'scroll-view.scrollTop': (_, element) => element.scrollTop,
  'scroll-view.scrollLeft': (_, element) => element.scrollLeft,
  'scroll-view.scrollWidth': (_, element) => element.scrollWidth,
  'scroll-view.scrollHeight': (_, element) => element.scrollHeight,
}

export function callElementFunction(host: Host, element: HTMLElement, name: string, args: unknown[]): unknown {
  const implementation = FUNCTIONS[name]
  if (!implementation) throw new HostError(`${name} is not implemented by this host`)
  return implementation(host, element, args)
}
