import { readJson } from './app-config.ts'
import { namedBehaviors } from './built-in-behaviors.ts'
import { HostError } from './errors.ts'
import type { Host } from './host.ts'
import { isRecord } from './json.ts'
import { createRequire, type Require } from './modules.ts'
import { useSetData } from './set-data.ts'
import { usedComponents } from './used-components.ts'

export interface Registry {
  require: Require
  /** Runs the .js of a page or component, and of the components it uses, so that it is known to the space. */
  register(path: string): void
  takeApp(): Record<string, unknown> | undefined
}

/** Tells the space about every page's and component's JSON and template; answers which component uses which. */
function declareComponents(host: Host): Map<string, string[]> {
  const { env, config, space } = host
  const uses = new Map<string, string[]>()
  const visit = (path: string): void => {
    if (uses.has(path)) return
    const json = env.files[`${path}.json`] === undefined ? {} : readJson(env.files, `${path}.json`)
    const used = usedComponents(env.files, path)
    const tagged = used.flatMap(({ tag, path }) => (tag === undefined ? [] : [[tag, `/${path}`]]))
    const usingComponents = Object.fromEntries(tagged)
    const paths = used.map((component) => component.path)
    uses.set(path, paths)
    space.addComponentStaticConfig(path, { ...json, usingComponents })
    const content = env.templates[path]
    if (content) {
      const template = { groupList: env.templates, content, fallbackListenerOnNativeNode: true }
      space.addCompiledTemplate(path, template as unknown as Parameters<typeof space.addCompiledTemplate>[1])
    }
    for (const used of paths) visit(used)
  }
  for (const path of [...config.pages, ...config.extraComponents]) visit(path)
  return uses
}

/** Property types are constructors of the logic realm; glass-easel compares them with those of its own. */
function adoptProperties(host: Host, declarations: Record<string, unknown>): Record<string, unknown> {
  const own = (type: unknown): unknown => (typeof type === 'function' ? Reflect.get(host.env.window, type.name) : type)
  const properties: Record<string, unknown> = {}
  for (const [name, declared] of Object.entries(declarations)) {
    if (!isRecord(declared)) properties[name] = own(declared)
    else {
      properties[name] = { ...declared, type: own(declared.type) }
      if (Array.isArray(declared.optionalTypes)) {
        Object.assign(properties[name] as object, { optionalTypes: declared.optionalTypes.map(own) })
      }
    }
  }
  return properties
}

function adoptDefinition(host: Host, definition: unknown): unknown {
  if (!isRecord(definition)) return definition
  const { properties, behaviors } = definition
  if (!isRecord(properties) && !Array.isArray(behaviors)) return definition
  return {
    ...definition,
    ...(isRecord(properties) && { properties: adoptProperties(host, properties) }),
    ...(Array.isArray(behaviors) && { behaviors: namedBehaviors(host, behaviors) }),
  }
}

export function createRegistry(host: Host): Registry {
  useSetData(host)
  const uses = declareComponents(host)
  const registered = new Set<string>()
  let defining = 'app'
  let app: Record<string, unknown> | undefined
  let standIn: Record<string, unknown> | undefined
  const define = (kind: 'Page' | 'Component' | 'Behavior') => (definition: unknown) =>
    host.space.componentEnv(defining, (constructors) =>
      Reflect.apply(constructors[kind], undefined, [adoptDefinition(host, definition)]),
    )
  const variables: Record<string, unknown> = {
    wx: host.wx,
    App: (definition: Record<string, unknown>) => {
      app = standIn ? Object.assign(standIn, definition) : definition
    },
    // Before App() an independent sub-package may ask for a stand-in, which becomes the app.
    getApp: (options: unknown) => {
      if (host.app || !isRecord(options) || options.allowDefault !== true) return host.app
      standIn ??= host.env.logic.adopt({})
      return standIn
    },
    requirePlugin: (name: unknown) => {
      throw new HostError(`plugin "${String(name)}" lives on WeChat's servers only: this host has no plugins.`)
    },
    getCurrentPages: () => host.stack.map((page) => page.instance),
    Page: define('Page'),
    Component: define('Component'),
    Behavior: define('Behavior'),
  }
  for (const [name, value] of Object.entries(variables)) host.env.logic.setGlobal(name, value)
  const require = createRequire(host, variables)
  const register = (path: string): void => {
    if (registered.has(path)) return
    registered.add(path)
    for (const used of uses.get(path) ?? []) register(used)
    const before = defining
    defining = path
    try {
      require('app.js', `/${path}`)
    } finally {
      defining = before
    }
  }
  return { require, register, takeApp: () => app }
}
