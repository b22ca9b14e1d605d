import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'

/** Which of our packages a package may import, and which libraries, where these are limited. design: split by runtime. */
interface Rule {
  readonly ours: readonly string[]
  /** Undefined: any library. */
  readonly libraries?: readonly RegExp[]
}

const NODE = /^node:/
const VALIBOT = /^valibot$/

export const rules: Readonly<Record<string, Rule>> = {
  'packages/contracts': { ours: [], libraries: [VALIBOT] },
  'packages/wechatpay-core': { ours: [], libraries: [VALIBOT, NODE] },
  'packages/dev-postgres': { ours: [] },
  'packages/miniprogram-host': { ours: [] },
  'apps/simulator': { ours: ['@shouyin/wechatpay-core'] },
  'apps/server': { ours: ['@shouyin/wechatpay-core', '@shouyin/contracts', '@shouyin/dev-postgres'] },
  'apps/miniprogram': { ours: ['@shouyin/contracts'] },
}

/** Rooms of the server, inner ones last: a room imports itself and what comes after it. */
const serverRooms = ['products', 'shop', 'ledger', 'kernel']

/** The mini-program may know the shopper's half of the contracts only. */
const miniprogramContracts = /^@shouyin\/contracts\/(route|problem|money|shopper)$/

const packageOf = (file: string): string | undefined =>
  Object.keys(rules).find((folder) => file.startsWith(`${folder}/`))

/** Specifiers of every static, dynamic and re-exporting import of a module. */
export function importsOf(file: string, source: string): readonly string[] {
  const { module, errors } = parseSync(file, source)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`)
  const specifiers = module.staticImports.map((i) => i.moduleRequest.value)
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) specifiers.push(moduleRequest.value)
  }
  for (const { moduleRequest } of module.dynamicImports) {
    specifiers.push(source.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''))
  }
  return specifiers
}

/** Why this module may not import that, or undefined when it may. */
export function violation(file: string, specifier: string): string | undefined {
  const folder = packageOf(file)
  const rule = folder && rules[folder]
  if (!folder || !rule) return undefined
  if (specifier.startsWith('.')) return localViolation(file, folder, specifier)
  if (specifier.startsWith('@shouyin/')) {
    const name = specifier.split('/').slice(0, 2).join('/')
    if (!rule.ours.includes(name)) return `${folder} may not import ${name}`
    if (folder === 'apps/miniprogram' && !miniprogramContracts.test(specifier))
      return `${folder} may import only the shopper's contracts`
    return undefined
  }
  if (rule.libraries && !rule.libraries.some((library) => library.test(specifier)))
    return `${folder} may not import the library ${specifier}`
  return undefined
}

function localViolation(file: string, folder: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(file), specifier)
  if (!target.startsWith(`${folder}/`)) return `${folder} may not reach into ${target}; import the package by its name`
  const product = (path: string) => /\/src\/products\/([^/.]+)\//.exec(path)?.[1]
  const [from, to] = [product(file), product(target)]
  if (from && to && from !== to) return `product ${from} may not import product ${to}`
  if (folder !== 'apps/server') return undefined
  const room = (path: string) => serverRooms.indexOf(path.slice('apps/server/src/'.length).split('/')[0] ?? '')
  const [fromRoom, toRoom] = [room(file), room(target)]
  if (fromRoom >= 0 && toRoom >= 0 && toRoom < fromRoom)
    return `${serverRooms[fromRoom]} may not import ${serverRooms[toRoom]}`
  return undefined
}
