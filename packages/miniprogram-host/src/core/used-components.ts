import { readJson } from './app-config.ts'
import { isRecord } from './json.ts'
import { directoryOf, normalizePath, resolvePath } from './path.ts'

type Files = Readonly<Record<string, string>>

const NPM = 'miniprogram_npm'

/**
 * Where WeChat looks for a component: beside the file that names it, else in the `miniprogram_npm` folders upwards.
 * Undefined: nowhere.
 */
export function findComponent(files: Files, fromFile: string, target: string): string | undefined {
  const isThere = (path: string): boolean => files[`${path}.json`] !== undefined
  const beside = resolvePath(fromFile, target)
  if (isThere(beside)) return beside
  for (let folder = directoryOf(fromFile); ; folder = directoryOf(folder)) {
    const installed = normalizePath(`${folder}/${NPM}/${target}`)
    const found = [installed, `${installed}/index`].find(isThere)
    if (found !== undefined || folder === '') return found
  }
}

/** What a JSON names: `usingComponents` by tag, and the defaults of `componentGenerics`, which have no tag. */
export function namedComponents(json: Record<string, unknown>): [tag: string | undefined, target: string][] {
  const using = isRecord(json.usingComponents) ? Object.entries(json.usingComponents) : []
  const generics = isRecord(json.componentGenerics) ? Object.values(json.componentGenerics) : []
  const defaults = generics.map((generic) => [undefined, isRecord(generic) ? generic.default : undefined] as const)
  return [...using, ...defaults].filter((pair): pair is [string | undefined, string] => typeof pair[1] === 'string')
}

export interface UsedComponent {
  tag: string | undefined
  path: string
}

/** Every component that a page or component may use; what cannot be found keeps the address that was written. */
export function usedComponents(files: Files, path: string): UsedComponent[] {
  return ['app', path].flatMap((file) => {
    const json = files[`${file}.json`] === undefined ? {} : readJson(files, `${file}.json`)
    return namedComponents(json).map(([tag, target]) => ({
      tag,
      path: findComponent(files, file, target) ?? resolvePath(file, target),
    }))
  })
}

/** Adds the page and all components that it draws on, the innermost first. */
export function withComponents(files: Files, path: string, found = new Set<string>()): Set<string> {
  const visited = new Set<string>()
  const visit = (one: string): void => {
    if (visited.has(one)) return
    visited.add(one)
    for (const inner of usedComponents(files, one)) visit(inner.path)
    found.add(one)
  }
  visit(path)
  return found
}
