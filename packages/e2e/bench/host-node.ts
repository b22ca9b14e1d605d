import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import vm from 'node:vm'

const require = createRequire(import.meta.resolve('@shouyin/miniprogram-host'))

interface Bare {
  window: { document: Document; close(): void }
  getInternalVMContext(): vm.Context
}

/** jsdom with WeChat's component framework in it, and nothing of ours: what no host in Node can do without. */
export function openBareView(): Bare {
  const { JSDOM } = require('jsdom') as { JSDOM: new (html: string, options: object) => Bare }
  const dom = new JSDOM('<!doctype html><body></body>', { runScripts: 'outside-only', pretendToBeVisual: true })
  const framework = readFileSync(require.resolve('glass-easel'), 'utf8')
  const parsingContext = dom.getInternalVMContext()
  vm.compileFunction(framework, ['module', 'exports'], { parsingContext })({ exports: {} }, {})
  return dom
}
