import { currentPage } from '../../core/host.ts'
import type { BuiltIn, Instance } from '../builtin.ts'

const pageOf = (self: Instance): HTMLElement | undefined =>
  self.element.closest<HTMLElement>('wx-page') ?? currentPage(self.host)?.holder

/** First in a page: styles of the page itself, also its text size. https://developers.weixin.qq.com/miniprogram/dev/component/page-meta.html */
export const pageMeta: BuiltIn = {
  tag: 'page-meta',
  properties: {
    pageStyle: 'string',
    rootFontSize: 'string',
    pageFontSize: 'string',
    backgroundColor: 'string',
    backgroundTextStyle: 'string',
    rootBackgroundColor: 'string',
    pageOrientation: 'string',
    scrollTop: 'string',
    scrollDuration: ['number', 300],
  },
  attached: draw,
  changed: { pageStyle: draw, rootFontSize: draw, pageFontSize: draw, backgroundColor: draw },
}

function draw(self: Instance): void {
  const page = pageOf(self)
  if (!page) return
  const { pageStyle, pageFontSize, rootBackgroundColor } = self.properties
  page.setAttribute('style', String(pageStyle))
  if (pageFontSize) page.style.fontSize = sizeOf(self, String(pageFontSize))
  if (rootBackgroundColor) page.style.backgroundColor = String(rootBackgroundColor)
}

/** `system` follows the text size that is set in WeChat. */
const sizeOf = ({ host }: Instance, size: string): string =>
  size === 'system' ? `${host.conditions.fontSizePx}px` : size
