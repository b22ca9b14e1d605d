import { HostError } from '../core/errors.ts'
import { copyJson, readPath } from '../core/json.ts'
import { settle } from '../core/start.ts'
import { fire, nodeOf, touchAt } from '../view/events.ts'
import { endPress, startPress } from '../view/long-press.ts'
import { press } from '../view/tap.ts'
import { callElementFunction } from './element-call.ts'
import { elementReads } from './element-read.ts'
import { componentOf, describeElement, findElement, queryAll, type Session } from './handles.ts'
import type { Method } from './protocol.ts'

/** The host's own buttons (payment sheet, dialogs) are plain DOM and know only clicks. */
function tapElement({ host }: Session, element: HTMLElement): void {
  if (nodeOf(element)) press(host, element)
  else element.click()
}

/** Does something to an element, then lets the app answer to it. */
const acting =
  (act: (session: Session, element: HTMLElement, parameters: Record<string, unknown>) => unknown): Method =>
  async (session, parameters) => {
    const result = await act(session, findElement(session, parameters), parameters)
    await settle(session.host)
    return { result }
  }

const touching = (type: string): Method =>
  acting(({ host }, element) => {
    if (type === 'touchstart') startPress(host, element)
    else endPress(host)
    const { detail, touches } = touchAt(element)
    fire(host, element, type, detail, { bubbles: true, touches })
  })

function callComponentMethod(session: Session, element: HTMLElement, name: string, args: unknown): unknown {
  const component = componentOf(session, element)
  const method = component?.[name]
  if (typeof method !== 'function') throw new HostError(`${element.localName} has no method ${name}`)
  return Reflect.apply(method, component, Array.isArray(args) ? args : [])
}

export const elementMethods: Record<string, Method> = {
  ...elementReads,
  'Element.getElement': (session, parameters) => {
    const [element] = queryAll([findElement(session, parameters)], parameters.selector)
    if (!element) throw new HostError('no such element')
    return describeElement(session, element)
  },
  'Element.getElements': (session, parameters) => ({
    elements: queryAll([findElement(session, parameters)], parameters.selector).map((found) =>
      describeElement(session, found),
    ),
  }),
  'Element.tap': acting(tapElement),
  'Element.touchstart': touching('touchstart'),
  'Element.touchmove': touching('touchmove'),
  'Element.touchend': touching('touchend'),
  'Element.triggerEvent': acting(({ host }, element, { type, detail }) => fire(host, element, String(type), detail)),
  'Element.dispatchEvent': acting(({ host }, element, { eventName, detail }) =>
    fire(host, element, String(eventName), detail, { bubbles: true }),
  ),
  'Element.callFunction': acting(({ host }, element, { functionName, args }) =>
    callElementFunction(host, element, String(functionName), Array.isArray(args) ? args : []),
  ),
  'Element.setData': acting((session, element, { data }) => {
    callComponentMethod(session, element, 'setData', [copyJson(data)])
  }),
  'Element.getData': (session, parameters) => {
    const path = parameters.path === undefined ? undefined : String(parameters.path)
    return { data: copyJson(readPath(componentOf(session, findElement(session, parameters))?.data, path)) }
  },
  'Element.callMethod': acting(async (session, element, { method, args }) =>
    copyJson(await callComponentMethod(session, element, String(method), args)),
  ),
}
