import { toDomSelector } from '../view/tags.ts'
import { resolvePath } from './path.ts'

const IMPORT = /@import\s+(?:url\()?["']([^"']+)["']\)?\s*;?/g
const IMPORT_DEPTH_MAX = 10

function inlineImports(files: Readonly<Record<string, string>>, path: string, depth = 0): string {
  const text = files[path] ?? ''
  if (depth > IMPORT_DEPTH_MAX) return text
  return text.replaceAll(IMPORT, (_, request: string) => inlineImports(files, resolvePath(path, request), depth + 1))
}

/** 750rpx are the width of the phone. */
export function rpxToPx(text: string, widthPx: number): string {
  return text.replaceAll(/(-?[\d.]+)rpx\b/g, (_, count: string) => `${(Number.parseFloat(count) * widthPx) / 750}px`)
}

/**
 * WXSS to CSS: `page` is our element; vw, vh and the safe area mean the page on the phone, not the browser's window, so
 * they become units of the page's container and a variable. A computer without Chinese glyphs falls back to ours.
 */
export function toCss(wxss: string, widthPx: number, pageSelector: ':scope' | 'wx-page'): string {
  const css = rpxToPx(wxss, widthPx)
    .replaceAll(/(-?[\d.]+)v([wh])\b/g, '$1cq$2')
    .replaceAll(/(?:env|constant)\(safe-area-inset-bottom\)/g, 'var(--safe-area-bottom, 0px)')
    .replaceAll(/\bsans-serif\b/g, '"Noto Sans SC Variable", sans-serif')
  return toDomSelector(css, pageSelector)
}

export interface StyleTarget {
  document: Document
  widthPx: number
  /** jsdom's parser does not know `@scope`; there every sheet is global. */
  canScope: boolean
}

const LIFTED = /@(?:keyframes|-webkit-keyframes|font-face)\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g

/** Keeps an app's rules inside its pages; keyframes and fonts are global anyway and not allowed within `@scope`. */
export function scopeCss(css: string, scope: string): string {
  const lifted = css.match(LIFTED) ?? []
  return `${lifted.join('\n')}\n@scope (${scope}) {\n${css.replaceAll(LIFTED, '')}\n}`
}

/** Adds a sheet of the build once; later calls with the same path do nothing. */
export function addStyleSheet(
  target: StyleTarget,
  files: Readonly<Record<string, string>>,
  path: string,
  scope: string,
) {
  const id = `wxss:${path}`
  if (files[path] === undefined || target.document.getElementById(id)) return
  const css = toCss(inlineImports(files, path), target.widthPx, target.canScope ? ':scope' : 'wx-page')
  appendStyle(target.document, id, target.canScope ? scopeCss(css, scope) : css)
}

export function appendStyle(document: Document, id: string, css: string): void {
  const style = document.createElement('style')
  style.id = id
  style.textContent = css
  document.head.append(style)
}
