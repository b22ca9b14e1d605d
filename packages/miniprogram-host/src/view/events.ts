import type { Host } from '../core/host.ts'
import { copyJson } from '../core/json.ts'

type ComponentNode = Parameters<Host['env']['glassEasel']['triggerEvent']>[0]

/** glass-easel leaves its node on the DOM element that it made. */
export function nodeOf(element: Element): ComponentNode | undefined {
  let current: Element | null = element
  while (current) {
    const node = Reflect.get(current, '__wxElement') as ComponentNode | undefined
    if (node) return node
    current = current.parentElement
  }
  return undefined
}

export interface FireOptions {
  /** Events of the finger are captured and bubble; events of a component (change, load …) do not. */
  bubbles?: boolean
  touches?: Touch[]
}

export interface Touch {
  identifier: number
  pageX: number
  pageY: number
  clientX: number
  clientY: number
}

/** After these no finger rests on the glass. */
const RELEASES = new Set(['touchend', 'touchcancel'])

export function fire(
  host: Host,
  element: Element,
  type: string,
  detail: unknown = {},
  options: FireOptions = {},
): void {
  const node = nodeOf(element)
  if (!node) return
  const bubbles = options.bubbles ?? false
  const { touches: changedTouches } = options
  const extraFields = changedTouches && { touches: RELEASES.has(type) ? [] : changedTouches, changedTouches }
  host.env.glassEasel.triggerEvent(node, type, copyJson(detail), {
    bubbles,
    composed: bubbles,
    capturePhase: bubbles,
    extraFields: extraFields ?? {},
  })
}

export function touchAt(
  element: Element,
  point?: { x: number; y: number },
): { detail: { x: number; y: number }; touches: Touch[] } {
  const box = element.getBoundingClientRect()
  const x = point?.x ?? box.left + box.width / 2
  const y = point?.y ?? box.top + box.height / 2
  return { detail: { x, y }, touches: [{ identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y }] }
}

/** For events out of a change of data: the app's answer must not come while the change is still being drawn. */
export function fireLater(host: Host, element: Element, type: string, detail: unknown = {}): void {
  host.env.window.setTimeout(() => fire(host, element, type, detail), 0)
}
