import type { Host } from '../host.ts'
import { withComponents } from '../used-components.ts'
import type { Css } from './css.ts'
import { deviceOf } from './device.ts'
import { renderCss } from './render.ts'

interface Sheet {
  element: HTMLStyleElement
  css: Css
  scope: string
}

const sheets = new WeakMap<Host, Map<string, Sheet>>()

/** As it stands in `data-sheets`, where a space would divide it. */
export const sheetId = (file: string): string => encodeURI(file)

/**
 * Names on the page's element the sheets that apply there, and puts those into the document that are not there yet:
 * app.wxss, those of the components, the page's own. Each holds for the pages that name it.
 */
export function useSheets(host: Host, holder: HTMLElement, roots: readonly string[]): void {
  const [page] = roots
  const paths = new Set(hasAppSheet(host, page ?? '') ? ['app'] : [])
  for (const root of [...roots].reverse()) withComponents(host.env.files, root, paths)
  const files = [...paths].map((path) => `${path}.wxss`).filter((file) => host.env.styles[file] !== undefined)
  holder.dataset.sheets = files.map(sheetId).join(' ')
  for (const file of new Set(['app.wxss', ...files])) addSheet(host, file)
}

/** Not in a page of a `page-…` isolation, and not in an independent sub-package. */
const hasAppSheet = ({ isolations, config }: Host, page: string): boolean =>
  isolations.get(page)?.isWithoutApp !== true && !config.independentRoots.some((root) => page.startsWith(`${root}/`))

function addSheet(host: Host, file: string): void {
  const known = sheets.get(host) ?? new Map<string, Sheet>()
  sheets.set(host, known)
  const css = host.env.styles[file]
  if (!css || known.has(file)) return
  const { document } = host.env.window
  const sheet = { element: document.createElement('style'), css, scope: scopeOf(host, file) }
  sheet.element.dataset.file = file
  known.set(file, sheet)
  write(host, sheet)
  document.head.append(sheet.element)
}

const scopeOf = (host: Host, file: string): string => host.isolations.get(file.replace(/\.wxss$/, ''))?.scope ?? ''

function write(host: Host, { element, css, scope }: Sheet): void {
  const text = renderCss(css, { device: deviceOf(host), scope, hasLayout: host.env.hasLayout })
  if (element.textContent !== text) element.textContent = text
}

/** The phone has another width or theme than before. */
export function restyle(host: Host): void {
  for (const sheet of sheets.get(host)?.values() ?? []) write(host, sheet)
}
