import { useComponents } from '../view/components/index.ts'
import { listenToTouches } from '../view/touches.ts'
import { installWx } from '../wx/index.ts'
import type { Environment } from './environment.ts'
import { HostError } from './errors.ts'
import { invoke, reportFailure } from './failures.ts'
import { setForeground } from './foreground.ts'
import { type Chrome, createHost, type Host, type LaunchOptions } from './host.ts'
import { openPage, showTop } from './page.ts'
import { parseAddress } from './path.ts'
import { createRegistry } from './registration.ts'
import { closeAll } from './router.ts'

export interface StartOptions {
  /** A page of the mini-program, without or with a query: a cold start there. Default: the first page. */
  path?: string
  query?: Record<string, string>
  /** WeChat's number for where the user came from (场景值). */
  scene?: number
}

/** Boots the app: app.js, `onLaunch`, `onShow`, then the first page. */
export function startHost(env: Environment, options: StartOptions = {}, chrome: Chrome = {}): Host {
  const host = createHost(env, chrome)
  host.launchOptions = launchOptions(host, options)
  env.glassEasel.addGlobalErrorListener((error) => {
    reportFailure(host, error)
    return false
  })
  useComponents(host)
  listenToTouches(host)
  installWx(host)
  const registry = createRegistry(host)
  host.register = registry.register
  registry.require('app.js', './app')
  const definition = registry.takeApp()
  if (!definition) throw new HostError('app.js did not call App(): is this the build of a mini-program?')
  host.app = bindMethods(definition)
  invoke(host, host.app, 'onLaunch', env.logic.adopt(host.launchOptions))
  invoke(host, host.app, 'onShow', env.logic.adopt(host.launchOptions))
  openPage(host, host.launchOptions.path, host.launchOptions.query)
  showTop(host)
  return host
}

function launchOptions(host: Host, options: StartOptions): LaunchOptions {
  const address = parseAddress(`/${options.path ?? host.launchOptions.path}`)
  if (!host.config.pages.includes(address.path)) {
    throw new HostError(
      `The mini-program has no page ${address.path}: start at one of ${host.config.pages.join(', ')}.`,
    )
  }
  const query = { ...address.query, ...options.query }
  return { path: address.path, query, scene: options.scene ?? 1001, referrerInfo: {} }
}

function bindMethods(definition: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(definition)) {
    if (typeof value === 'function') definition[name] = value.bind(definition)
  }
  return definition
}

export function stopHost(host: Host): void {
  setForeground(host, false)
  closeAll(host)
}

/** Lets React, promises and `setData` callbacks finish: a few turns of the event loop. */
export async function settle(host: Host): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => host.env.window.setTimeout(resolve, 0))
}
