import type { AppConfig } from './app-config.ts'
import { readAppConfig } from './app-config.ts'
import { type Conditions, defaultConditions } from './conditions.ts'
import type { Adapter, AppFunction, Environment, GlassEasel } from './environment.ts'
import { createFileStore, type FileStore } from './files.ts'
import { createNetwork, type Network } from './network.ts'
import type { PageRecord } from './page.ts'
import { createSpace } from './space.ts'
import type { Isolation } from './wxss/isolation.ts'

export interface LaunchOptions {
  path: string
  query: Record<string, string>
  scene: number
  /** `{}` unless another mini-program, an official account or an app opened this one. */
  referrerInfo: Record<string, unknown>
  apiCategory: 'default'
  shareTicket?: string
}

export interface WxCall {
  method: string
  args: unknown[]
}

/** What the phone's frame shows of the app; the browser page draws it, Node mode needs none of it. */
export interface Chrome {
  routed?(host: Host, page: PageRecord): void
  refreshing?(page: PageRecord, on: boolean): void
  badge?(host: Host, index: number, text: string): void
}

/** One running mini-program. Functions take it as their first argument; each file owns the members it writes. */
export interface Host {
  env: Environment
  config: AppConfig
  space: Adapter.CodeSpace
  backend: Adapter.AssociatedBackend
  dom: GlassEasel.CurrentWindowBackendContext
  /** By path, of every page and component that has been defined. */
  isolations: ReadonlyMap<string, Isolation>
  chrome: Chrome
  conditions: Conditions
  network: Network
  files: FileStore
  wx: Record<string, unknown>
  /** Every wx.* call that the app made, oldest first. */
  calls: WxCall[]
  mocks: Map<string, AppFunction>
  listeners: Map<string, Set<AppFunction>>
  app: Record<string, unknown> | undefined
  /** Of the cold start, for ever. */
  launchOptions: LaunchOptions
  /** Of the latest time that the user came in. */
  enterOptions: LaunchOptions
  isForeground: boolean
  stack: PageRecord[]
  tabCache: Map<string, PageRecord>
  nextPageId: number
  /** Runs the .js of a page when it is first opened; set by `startHost`. */
  register(path: string): void
}

export function createHost(env: Environment, chrome: Chrome = {}): Host {
  const config = readAppConfig(env.files)
  const entry: LaunchOptions = {
    path: config.entryPagePath,
    query: {},
    scene: 1001,
    referrerInfo: {},
    apiCategory: 'default',
  }
  return {
    env,
    config,
    ...createSpace(env, config.pages),
    chrome,
    conditions: { ...defaultConditions, ...env.conditions },
    network: createNetwork(),
    files: createFileStore(),
    wx: {},
    calls: [],
    mocks: new Map(),
    listeners: new Map(),
    app: undefined,
    launchOptions: entry,
    enterOptions: entry,
    isForeground: true,
    stack: [],
    tabCache: new Map(),
    nextPageId: 1,
    register: () => {},
  }
}

export const currentPage = (host: Host): PageRecord | undefined => host.stack.at(-1)
