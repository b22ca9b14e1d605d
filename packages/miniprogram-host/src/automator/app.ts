import type { AppFunction } from '../core/environment.ts'
import { describeError, HostError } from '../core/errors.ts'
import { enterBackground } from '../core/foreground.ts'
import { currentPage, type Host } from '../core/host.ts'
import { copyJson } from '../core/json.ts'
import type { PageRecord } from '../core/page.ts'
import { settle } from '../core/start.ts'
import { isSynchronous } from '../wx/synchronous.ts'
import type { Parameters } from './handles.ts'
import { mockWxMethod } from './mock.ts'
import type { Method } from './protocol.ts'

const describePage = ({ id, path, query }: PageRecord) => ({ pageId: id, path, query })

function getCurrentPage(host: Host) {
  const page = currentPage(host)
  if (!page) throw new HostError('no page is open')
  return describePage(page)
}

function refusePlugin({ pluginId }: Parameters): void {
  if (pluginId !== undefined)
    throw new HostError(`This host runs no plugins: the wx of ${String(pluginId)} is not here.`)
}

async function callWxMethod(host: Host, name: string, args: unknown[]): Promise<unknown> {
  const method = Object.hasOwn(host.wx, name) ? host.wx[name] : undefined
  if (typeof method !== 'function') throw new HostError(`wx.${name} not exists`)
  if (isSynchronous(name)) return method(...args)
  const result = await new Promise((success, reject) => {
    const fail = (error: unknown): void => reject(new HostError(describeError(error).message))
    method({ ...Object(args[0]), success, fail })
  })
  await settle(host)
  return result
}

/** What automator sends of a function, made into a function of the app's realm. */
export async function evaluateFunction(host: Host, declaration: unknown): Promise<AppFunction> {
  return host.env.logic.evaluate(String(declaration))
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function addBinding(host: Host, { name }: Parameters): void {
  const report = (...args: unknown[]): void => host.env.emit('App.bindingCalled', { name, args: copyJson(args) })
  host.env.logic.setGlobal(String(name), report)
}

/** A launched browser answers this before it comes here. */
function refuseScreenshot({ env }: Host): never {
  const why = env.hasLayout ? 'a page cannot photograph itself' : 'nothing is drawn in Node mode'
  throw new HostError(`App.captureScreenshot: ${why}: launch in Chromium mode.`)
}

export const appMethods: Record<string, Method> = {
  'App.getCurrentPage': ({ host }) => getCurrentPage(host),
  'App.getPageStack': ({ host }) => ({ pageStack: host.stack.map(describePage) }),
  'App.callWxMethod': async ({ host }, parameters) => {
    refusePlugin(parameters)
    return { result: copyJson(await callWxMethod(host, String(parameters.method), list(parameters.args))) }
  },
  'App.mockWxMethod': ({ host }, parameters) => {
    refusePlugin(parameters)
    return mockWxMethod(host, parameters)
  },
  'App.callFunction': async ({ host }, { functionDeclaration, args }) => {
    const run = await evaluateFunction(host, functionDeclaration)
    return { result: copyJson(await run(...list(args))) }
  },
  'App.addBinding': ({ host }, parameters) => addBinding(host, parameters),
  // Logs are always told.
  'App.enableLog': () => {},
  'App.captureScreenshot': ({ host }) => refuseScreenshot(host),
  'App.exit': ({ host }) => enterBackground(host),
}
