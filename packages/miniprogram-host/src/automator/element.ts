import { HostError } from '../core/errors.ts'
import { copyJson, readPath } from '../core/json.ts'
import { settle } from '../core/start.ts'
import { fire } from '../view/events.ts'
import { endPress, startPress } from '../view/long-press.ts'
import { tagOf } from '../view/tags.ts'
import { press } from '../view/tap.ts'
import { callElementFunction } from './element-call.ts'
import { elementReads } from './element-read.ts'
import { componentOf, describeElement, findElement, type Parameters, queryAll, type Session } from './handles.ts'
import type { Method } from './protocol.ts'
import { dispatch } from './touch.ts'

/** The host's own buttons (payment sheet, dialogs, the web-view's stub) are plain DOM and know only clicks. */
function tapElement({ host }: Session, element: HTMLElement): void {
  if (Reflect.has(element, '__wxElement')) press(host, element)
  else element.click()
}

/** Does something to an element, then lets the app answer to it. */
const acting =
  (act: (session: Session, element: HTMLElement, parameters: Parameters) => unknown): Method =>
  async (session, parameters) => {
    const result = await act(session, findElement(session, parameters), parameters)
    await settle(session.host)
    return { result }
  }

const touching = (type: string): Method =>
  acting((session, element, { touches, changedTouches, changeTouches }) => {
    if (type === 'touchstart') startPress(session.host, element)
    else endPress(session.host)
    dispatch(session, element, type, { touches, changedTouches, changeTouches })
  })

/** GUESS: `$` selects, inside the element, where the event starts. */
function dispatchEvent(session: Session, element: HTMLElement, parameters: Parameters): void {
  const target = parameters.$ === undefined ? element : queryAll([element], parameters.$)[0]
  if (!target) throw new HostError(`${String(parameters.$)} is not inside the element`)
  if (typeof parameters.eventName !== 'string') throw new HostError('eventName is missing: name the event.')
  dispatch(session, target, parameters.eventName, { ...parameters, detail: parameters.detail ?? {} })
}

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
  'Element.dispatchEvent': acting(dispatchEvent),
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
  'Element.callContextMethod': (session, parameters) => {
    const tag = tagOf(findElement(session, parameters))
    throw new HostError(`${tag} has no context: this host has no video component.`)
  },
}
