import { HostError } from '../core/errors.ts'
import { copyJson, readPath } from '../core/json.ts'
import { settle } from '../core/start.ts'
import { describeElement, findPage, type Parameters, queryAll, type Session } from './handles.ts'
import type { Method } from './protocol.ts'

/** The payment sheet and the dialogs are not part of any page, but a test looks for them in the current one. */
function rootsOf(session: Session, parameters: Parameters): Element[] {
  const page = findPage(session, parameters)
  return page === session.host.stack.at(-1) ? [page.holder, session.host.env.overlay] : [page.holder]
}

async function callMethod(session: Session, parameters: Parameters): Promise<unknown> {
  const { instance, path } = findPage(session, parameters)
  const method = instance[String(parameters.method)]
  if (typeof method !== 'function') throw new HostError(`${path} has no method ${String(parameters.method)}`)
  const result: unknown = await Reflect.apply(method, instance, Array.isArray(parameters.args) ? parameters.args : [])
  await settle(session.host)
  return copyJson(result)
}

export const pageMethods: Record<string, Method> = {
  'Page.getElement': (session, parameters) => {
    const [element] = queryAll(rootsOf(session, parameters), parameters.selector)
    if (!element) throw new HostError('no such element')
    return describeElement(session, element)
  },
  'Page.getElements': (session, parameters) => ({
    elements: queryAll(rootsOf(session, parameters), parameters.selector).map((found) =>
      describeElement(session, found),
    ),
  }),
  'Page.getData': (session, parameters) => {
    const path = parameters.path === undefined ? undefined : String(parameters.path)
    return { data: copyJson(readPath(findPage(session, parameters).instance.data, path)) }
  },
  'Page.setData': async (session, parameters) => {
    findPage(session, parameters).instance.setData(Object(parameters.data))
    await settle(session.host)
  },
  'Page.callMethod': async (session, parameters) => ({ result: await callMethod(session, parameters) }),
  'Page.getWindowProperties': ({ host }, { names }) => ({
    properties: (Array.isArray(names) ? names : []).map((name) => copyJson(readPath(host.env.window, String(name)))),
  }),
}
