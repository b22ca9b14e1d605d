import { withoutScopes } from '../core/wxss/class-names.ts'

/**
 * WeChat's built-in components. In the document each stands under its own `wx-` name, as it does on a phone: a browser
 * would give `button`, `input` or `progress` a look and a will of their own. Selectors of apps and tests are translated.
 */
export const BUILT_IN_TAGS = [
  'button',
  'canvas',
  'checkbox',
  'checkbox-group',
  'cover-image',
  'cover-view',
  'form',
  'icon',
  'image',
  'input',
  'label',
  'movable-area',
  'movable-view',
  'navigator',
  'page-container',
  'page-meta',
  'picker',
  'picker-view',
  'picker-view-column',
  'progress',
  'radio',
  'radio-group',
  'rich-text',
  'root-portal',
  'scroll-view',
  'slider',
  'swiper',
  'swiper-item',
  'switch',
  'text',
  'textarea',
  'view',
  'web-view',
] as const

export type BuiltInTag = (typeof BUILT_IN_TAGS)[number]

const NAMES = new Set<string>([...BUILT_IN_TAGS, 'page'])
/** The longest first: `view` must not be found in `view-port` or in `picker-view`. */
const ALTERNATIVES = [...NAMES].sort((one, other) => other.length - one.length).join('|')
const SELECTOR = new RegExp(`(^|[},\\s>+~(])(${ALTERNATIVES})(?=[\\s{,.:#>+~[)]|$)`, 'g')
const WXML = new RegExp(`<(/?)wx-(${ALTERNATIVES})(?=[\\s>])`, 'g')

export const domTag = (tag: string): string => (NAMES.has(tag) ? `wx-${tag}` : tag)

/** The name that WXML gave the element. */
export const tagOf = (element: Element): string => element.localName.replace(/^wx-/, '')

/** Tags in a selector or a sheet; `page` may become another selector, as within `@scope`. */
export const toDomSelector = (text: string, page = 'wx-page'): string =>
  text.replaceAll(SELECTOR, (_, before: string, tag: string) => before + (tag === 'page' ? page : domTag(tag)))

export const toWxml = (html: string): string => withoutScopes(html.replaceAll(WXML, '<$1$2'))
