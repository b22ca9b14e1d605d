import { existsSync, readFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const SOURCE = fileURLToPath(new URL('..', import.meta.url))
const BROWSER_FOLDERS = /^(core|view|wx|shell|automator|preview\/browser)\//
const FONT = '@fontsource-variable/noto-sans-sc'

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export interface Asset {
  body: Uint8Array<ArrayBuffer> | string
  type: string
}

const script = (body: string): Asset => ({ body, type: 'text/javascript; charset=utf-8' })
const stripped = new Map<string, string>()

/** A module of this package: our .ts with its types stripped, or the .js of a published build. */
export function browserModule(name: string): Asset | undefined {
  const file = inside(SOURCE, name)
  if (!file || !BROWSER_FOLDERS.test(path.relative(SOURCE, file)) || !/(?<!\.test)\.(ts|js)$/.test(name))
    return undefined
  const cached = stripped.get(file) ?? readModule(file)
  stripped.set(file, cached)
  return script(cached)
}

function readModule(file: string): string {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.ts') ? stripTypes(text) : text
}

/** Node warns that stripping by call is experimental: no news for whoever watches the preview. */
function stripTypes(text: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(text, { mode: 'strip' })
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Names for the region picker, and glass-easel with its adapter, as ES modules; a browser needs the address of what they import. */
export function vendorModule(name: string): Asset | undefined {
  if (name === '@vant/area-data') return script(readFileSync(require.resolve(name).replace(/\.cjs$/, '.js'), 'utf8'))
  if (name !== 'glass-easel' && name !== 'glass-easel-miniprogram-adapter') return undefined
  const file = require.resolve(name).replace(/\.js$/, '.es.js')
  return script(readFileSync(file, 'utf8').replaceAll('from"glass-easel"', 'from"/-/vendor/glass-easel"'))
}

export const fontAsset = (name: string): Asset | undefined =>
  staticAsset(path.dirname(require.resolve(`${FONT}/package.json`)), name)

/** A file below `root`, for types that a browser shows. */
export function staticAsset(root: string, name: string): Asset | undefined {
  const file = inside(root, name)
  const type = TYPES[path.extname(name).toLowerCase()]
  return file && type ? { body: new Uint8Array(readFileSync(file)), type } : undefined
}

function inside(root: string, name: string): string | undefined {
  const file = path.resolve(root, name)
  return file.startsWith(path.resolve(root) + path.sep) && existsSync(file) ? file : undefined
}
