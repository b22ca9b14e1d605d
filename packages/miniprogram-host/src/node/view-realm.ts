import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import vm from 'node:vm'
import { JSDOM } from 'jsdom'
import type { Adapter, Environment, GlassEasel } from '../core/environment.ts'

const require = createRequire(import.meta.url)
const PAGE = '<!doctype html><html><body><div id="host-screen"></div><div id="host-overlay"></div></body></html>'

type View = Pick<Environment, 'window' | 'screen' | 'overlay' | 'glassEasel' | 'adapter' | 'templates'>

/** The view thread: jsdom with its own glass-easel, whose `document` is the realm's. It has no layout. */
export function createViewRealm(templateSource: string): View & { close(): void } {
  const dom = new JSDOM(PAGE, { runScripts: 'outside-only', pretendToBeVisual: true })
  const context = dom.getInternalVMContext()
  const glassEasel = loadCommonJs('glass-easel', context, {}) as typeof GlassEasel
  const adapter = loadCommonJs('glass-easel-miniprogram-adapter', context, { 'glass-easel': glassEasel })
  const window = dom.window as unknown as Environment['window']
  return {
    window,
    screen: byId(window, 'host-screen'),
    overlay: byId(window, 'host-overlay'),
    glassEasel,
    adapter: adapter as typeof Adapter,
    templates: vm.runInContext(`(${templateSource})`, context),
    close: () => dom.window.close(),
  }
}

function byId(window: Environment['window'], id: string): HTMLElement {
  const element = window.document.getElementById(id)
  if (!element) throw new Error(`#${id} is missing from the view`)
  return element
}

function loadCommonJs(name: string, context: vm.Context, imports: Record<string, unknown>): unknown {
  const file = require.resolve(name)
  const module = { exports: {} }
  const run = vm.compileFunction(readFileSync(file, 'utf8'), ['module', 'exports', 'require'], {
    filename: file,
    parsingContext: context,
  })
  run(module, module.exports, (request: string) => imports[request])
  return module.exports
}
