import { isRecord } from '../../core/json.ts'
import { normalizePath } from '../../core/path.ts'
import { type Project, refuse } from './project.ts'

export interface ListedPage {
  /** Where app.json names it: `subPackages[0].pages[1]`. */
  name: string
  path: string
  isMain: boolean
}

/** Every page with its place in app.json. */
export function listPages({ app }: Pick<Project, 'app'>): ListedPage[] {
  const found = listOf(app.pages, 'pages', '')
  const name = app.subPackages === undefined ? 'subpackages' : 'subPackages'
  const packages: unknown = app[name] ?? []
  if (!Array.isArray(packages)) refuse(`app.json: ${name} is no list: write [{ "root": …, "pages": […] }].`)
  for (const [index, part] of packages.entries()) {
    const root: unknown = isRecord(part) ? part.root : undefined
    if (!isRecord(part) || typeof root !== 'string') {
      refuse(`app.json: ${name}[${index}].root is missing: name the folder of the sub-package.`)
    }
    found.push(...listOf(part.pages, `${name}[${index}].pages`, root))
  }
  return found
}

function listOf(pages: unknown, name: string, root: string): ListedPage[] {
  if (!Array.isArray(pages)) refuse(`app.json: ${name} is no list: write the paths of its pages.`)
  return pages.map((page: unknown, index) => {
    const place = `${name}[${index}]`
    if (typeof page !== 'string') refuse(`app.json: ${place} is no path: write it as text.`)
    if (root === '' && page.startsWith('/'))
      refuse(`app.json: ${place} is "${page}": leave the slash at the start out.`)
    return { name: place, path: normalizePath(`${root}/${page}`), isMain: root === '' }
  })
}

/** https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#pages */
export function checkPages(project: Project): void {
  const { files, config } = project
  const listed = listPages(project)
  const seen = new Set<string>()
  for (const { name, path } of listed) {
    for (const suffix of ['js', 'wxml']) {
      if (files[`${path}.${suffix}`] !== undefined) continue
      refuse(`app.json: ${name} is "${path}", but there is no ${path}.${suffix}: correct the path, or build again.`)
    }
    if (seen.has(path)) refuse(`app.json: ${name} is "${path}", which is listed already: take one out.`)
    seen.add(path)
  }
  if (!seen.has(config.entryPagePath)) {
    refuse(`app.json: entryPagePath is "${config.entryPagePath}", which is none of the pages: list it, or correct it.`)
  }
}
