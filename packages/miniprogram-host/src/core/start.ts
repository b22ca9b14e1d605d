import { useComponents } from '../view/components/index.ts'
import { listenToTouches } from '../view/touches.ts'
import { installWx } from '../wx/index.ts'
import { type Entry, toLaunchOptions } from './entry.ts'
import type { Environment } from './environment.ts'
import { HostError } from './errors.ts'
import { invoke, reportFailure, warn } from './failures.ts'
import { enterBackground, openEntry, tellShow } from './foreground.ts'
import { type Chrome, createHost, type Host } from './host.ts'
import { cutNetwork } from './network.ts'
import { createRegistry } from './registration.ts'
import { closeAll } from './router.ts'
import { startTheme } from './theme.ts'

/** A cold start: on the first page when nothing is said. */
export type StartOptions = Entry

/**
 * The framework warns what an app's author should know. Not told: bindings of undefined and unknown names on built-in
 * components, which a phone takes in silence and bundlers' templates are full of.
 */
function hearWarning(host: Host, text: string, element: unknown): false {
  const isBuiltIn = host.env.glassEasel.Component.isComponent(element) && element.is.startsWith('wx://')
  if (!isBuiltIn && !/^property ".*" received type-incompatible value/.test(text)) warn(host, text)
  return false
}

/** Boots the app: app.js, `onLaunch`, `onShow`, then the page. */
export function startHost(env: Environment, options: StartOptions = {}, chrome: Chrome = {}): Host {
  const host = createHost(env, chrome)
  host.launchOptions = toLaunchOptions(host, options)
  host.enterOptions = host.launchOptions
  env.glassEasel.addGlobalWarningListener((text, _, element) => hearWarning(host, text, element))
  env.glassEasel.addGlobalErrorListener((error) => {
    reportFailure(host, error)
    return false
  })
  startTheme(host)
  useComponents(host)
  listenToTouches(host)
  installWx(host)
  for (const sentence of env.warnings) warn(host, sentence)
  const registry = createRegistry(host)
  host.register = registry.register
  registry.require('app.js', './app')
  const definition = registry.takeApp()
  if (!definition) throw new HostError('app.js did not call App(): is this the build of a mini-program?')
  host.app = bindMethods(definition)
  invoke(host, host.app, 'onLaunch', env.logic.adopt(host.launchOptions))
  tellShow(host)
  openEntry(host)
  return host
}

function bindMethods(definition: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(definition)) {
    if (typeof value === 'function') definition[name] = value.bind(definition)
  }
  return definition
}

export function stopHost(host: Host): void {
  enterBackground(host)
  closeAll(host)
  cutNetwork(host, 'closed')
}

/** Lets React, promises and `setData` callbacks finish: a few turns of the event loop. */
export async function settle(host: Host): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => host.env.window.setTimeout(resolve, 0))
}
