/**
 * A browser's own `button` is as wide as its text, in rows and blocks alike; under another name it is the plain box that
 * it is on a phone. Selectors of apps and tests are translated.
 */
const DOM_TAGS: Readonly<Record<string, string>> = { button: 'wx-button', page: 'wx-page' }
const SELECTOR = /(^|[},\s>+~(])(button|page)(?=[\s{,.:#>+~[)]|$)/g

export const domTag = (tag: string): string => DOM_TAGS[tag] ?? tag

/** The name that WXML gave the element. */
export const tagOf = (element: Element): string => element.localName.replace(/^wx-/, '')

/** Tags in a selector or a sheet; `page` may become another selector, as within `@scope`. */
export const toDomSelector = (text: string, page = 'wx-page'): string =>
  text.replaceAll(SELECTOR, (_, before: string, tag: string) => before + (tag === 'page' ? page : domTag(tag)))

export const toWxml = (html: string): string => html.replaceAll(/<(\/?)wx-(button)/g, '<$1$2')
