import { HostError } from '../core/errors.ts'
import { copyJson, readPath } from '../core/json.ts'
import { settle } from '../core/start.ts'
import { describeElement, findPage, type Parameters, queryAll, type Session } from './handles.ts'
import type { Method } from './protocol.ts'
import { queryXpath } from './xpath.ts'

/** The payment sheet and the dialogs are not part of any page, but a test looks for them in the current one. */
function overlayOf(session: Session, parameters: Parameters): Element[] {
  return findPage(session, parameters) === session.host.stack.at(-1) ? [session.host.env.overlay] : []
}

/** `page` finds the page itself. */
function bySelector(session: Session, parameters: Parameters): HTMLElement[] {
  const { holder } = findPage(session, parameters)
  const self = parameters.selector === 'page' ? [holder] : []
  return [...self, ...queryAll([holder, ...overlayOf(session, parameters)], parameters.selector)]
}

function byXpath(session: Session, parameters: Parameters): HTMLElement[] {
  const { scroller } = findPage(session, parameters)
  return queryXpath(session.host, [scroller, ...overlayOf(session, parameters)], parameters.selector)
}

type Query = (session: Session, parameters: Parameters) => HTMLElement[]

const one =
  (query: Query): Method =>
  (session, parameters) => {
    const [element] = query(session, parameters)
    if (!element) throw new HostError('no such element')
    return describeElement(session, element)
  }

const all =
  (query: Query): Method =>
  (session, parameters) => ({
    elements: query(session, parameters).map((element) => describeElement(session, element)),
  })

async function callMethod(session: Session, parameters: Parameters): Promise<unknown> {
  const { instance, path } = findPage(session, parameters)
  const method = instance[String(parameters.method)]
  if (typeof method !== 'function') throw new HostError(`${path} has no method ${String(parameters.method)}`)
  const result: unknown = await Reflect.apply(method, instance, Array.isArray(parameters.args) ? parameters.args : [])
  await settle(session.host)
  return copyJson(result)
}

/** On a phone the document of a page's WebView is the page; here it is the element that scrolls. */
const DOCUMENT = /^document\.(documentElement|body)\./

function readWindow(session: Session, parameters: Parameters): unknown[] {
  const { scroller, holder } = findPage(session, parameters)
  const size: Record<string, unknown> = { innerWidth: holder.clientWidth, innerHeight: holder.clientHeight }
  const names = Array.isArray(parameters.names) ? parameters.names.map(String) : []
  return names.map((name) => {
    if (DOCUMENT.test(name)) return copyJson(readPath(scroller, name.replace(DOCUMENT, '')))
    return size[name] ?? copyJson(readPath(session.host.env.window, name))
  })
}

export const pageMethods: Record<string, Method> = {
  'Page.getElement': one(bySelector),
  'Page.getElements': all(bySelector),
  'Page.getElementByXpath': one(byXpath),
  'Page.getElementsByXpath': all(byXpath),
  'Page.getData': (session, parameters) => {
    const path = parameters.path === undefined ? undefined : String(parameters.path)
    return { data: copyJson(readPath(findPage(session, parameters).instance.data, path)) }
  },
  'Page.setData': async (session, parameters) => {
    findPage(session, parameters).instance.setData(Object(parameters.data))
    await settle(session.host)
  },
  'Page.callMethod': async (session, parameters) => ({ result: await callMethod(session, parameters) }),
  'Page.getWindowProperties': (session, parameters) => ({ properties: readWindow(session, parameters) }),
}
