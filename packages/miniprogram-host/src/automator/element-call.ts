import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { toggleSwitch } from '../view/components/choices.ts'
import { swipeTo } from '../view/components/swiper.ts'
import { typeText } from '../view/components/text-field.ts'
import { fire } from '../view/events.ts'
import { setValue } from '../view/value.ts'

type ElementFunction = (host: Host, element: HTMLElement, args: unknown[]) => unknown

const input: ElementFunction = (host, element, [text]) => typeText(host, element, String(text ?? ''))

/** The methods that automator's element classes add for single components. */
const FUNCTIONS: Record<string, ElementFunction> = {
  'input.input': input,
  'textarea.input': input,
  'switch.tap': toggleSwitch,
  'slider.slideTo': (host, element, [value]) => {
    setValue(element, value)
    fire(host, element, 'change', { value })
  },
  'swiper.swipeTo': (host, element, [index]) => swipeTo(host, element, Number(index)),
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
