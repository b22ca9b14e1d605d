import { copyJson, isRecord } from '../core/json.ts'
import { nodeOf, touchAt } from '../view/events.ts'
import type { Parameters, Session } from './handles.ts'

const points = (given: unknown): unknown[] | undefined => (Array.isArray(given) ? given.filter(isRecord) : undefined)

/** An event that bubbles as the finger's do; without points or detail of the client it is in the middle of the element. */
export function dispatch({ host }: Session, element: HTMLElement, type: string, given: Parameters): void {
  const node = nodeOf(element)
  if (!node) return
  const middle = touchAt(element)
  const touches = points(given.touches) ?? middle.touches
  // The client's types spell it without a d, WeChat's events with one.
  const changedTouches = points(given.changedTouches ?? given.changeTouches) ?? touches
  const detail = copyJson(given.detail ?? middle.detail)
  const extraFields = { touches: copyJson(touches), changedTouches: copyJson(changedTouches) }
  host.env.glassEasel.triggerEvent(node, type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    extraFields,
  })
}
