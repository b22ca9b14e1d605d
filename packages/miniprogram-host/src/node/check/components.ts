import { readJson } from '../../core/app-config.ts'
import { findComponent, namedComponents } from '../../core/used-components.ts'
import { type Project, refuse } from './project.ts'

/** Every component that app.json, a page or a component names is there, and is one. */
export function checkComponents(project: Project): void {
  const { files, config } = project
  const checked = new Set<string>()
  const check = (path: string): void => {
    if (checked.has(path)) return
    checked.add(path)
    const file = `${path}.json`
    if (files[file] === undefined) return
    for (const [tag, target] of namedComponents(readJson(files, file))) {
      const place = `${file}: ${tag === undefined ? 'the default of componentGenerics' : `usingComponents.${tag}`}`
      check(checkTarget(project, path, target, place))
    }
  }
  for (const path of ['app', ...config.pages, ...config.extraComponents]) check(path)
}

function checkTarget({ files }: Project, from: string, target: string, place: string): string {
  if (target.startsWith('plugin://')) {
    refuse(`${place} is "${target}": this host has no plugins, which live on WeChat's servers only.`)
  }
  const path = findComponent(files, from, target)
  if (path === undefined) refuse(`${place} is "${target}", and there is no such component: correct the path.`)
  for (const suffix of ['js', 'wxml']) {
    if (files[`${path}.${suffix}`] === undefined) refuse(`${place} is "${target}", but there is no ${path}.${suffix}.`)
  }
  if (readJson(files, `${path}.json`).component !== true) {
    refuse(`${place} is "${target}", which is no component: add "component": true to ${path}.json.`)
  }
  return path
}
