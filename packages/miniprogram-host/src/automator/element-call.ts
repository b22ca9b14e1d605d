import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { moveTo } from '../view/components/movable.ts'
import { slideTo } from '../view/components/slider.ts'
import { swipeTo } from '../view/components/swiper.ts'
import { typeText } from '../view/components/text-field.ts'
import { tap } from '../view/tap.ts'

type ElementFunction = (host: Host, element: HTMLElement, args: unknown[]) => unknown

const input: ElementFunction = (_, element, [text]) => typeText(element, String(text ?? ''))

/** The methods that automator's element classes add for single components. */
const FUNCTIONS: Record<string, ElementFunction> = {
  'input.input': input,
  'textarea.input': input,
  'switch.tap': (host, element) => tap(host, element),
  'slider.slideTo': (_, element, [value]) => slideTo(element, Number(value)),
  'movable-view.moveTo': (_, element, [x, y]) => moveTo(element, Number(x), Number(y)),
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
