import vm from 'node:vm'

/**
 * The logic thread's page: an iframe whose policy knows no eval and no network. Every .js of the build is a script of
 * its own, wrapped on its first line so that line numbers stay.
 */
export const LOGIC_POLICY = "default-src 'none'; script-src 'self'; frame-ancestors 'self'"

/** What a browser does not let go of is shadowed in every module; LOGIC_BOOT takes all else away. */
const SHADOWED = ['window', 'document', 'location', 'top']

const PASSED = [
  'wx',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
  'require',
  'module',
  'exports',
  'global',
]

export function wrapLogicModule(path: string, code: string): string {
  const name = JSON.stringify(path)
  return `defineModule(${name}, function ({ ${PASSED.join(', ')} }) { return (function (${SHADOWED.join(', ')}) {${code}\n})() })`
}

/** Libraries that look through the global object find what a bare realm knows; `document`, `window` and their like cannot go. */
const KEPT: string[] = [
  ...vm.runInNewContext('Object.getOwnPropertyNames(globalThis)'),
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'queueMicrotask',
].filter((name) => name !== 'WebAssembly')

export const LOGIC_BOOT = `{
  const kept = new Set(${JSON.stringify(KEPT)})
  for (const name of Object.getOwnPropertyNames(globalThis)) if (!kept.has(name)) delete globalThis[name]
}
globalThis.modules = new Map(); globalThis.defineModule = (name, run) => { modules.set(name, run) }`

export function logicPage(paths: string[]): string {
  const scripts = ['/-/logic/boot.js', ...paths.map((path) => `/-/logic/module/${path}`)]
  return `<!doctype html><meta charset="utf-8"><title>logic</title>${scripts.map((src) => `<script src="${encodeURI(src)}"></script>`).join('')}`
}
