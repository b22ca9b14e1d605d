import { tagOf } from './tags.ts'

const BLOCKS = new Set(['view', 'button', 'scroll-view', 'swiper', 'swiper-item', 'form', 'navigator', 'picker-view'])

/** `innerText` without layout: blocks stand on their own lines. */
export function innerText(element: Element): string {
  let text = ''
  for (const child of element.childNodes) {
    if (child.nodeType === child.TEXT_NODE) text += child.textContent
    else if (child.nodeType === child.ELEMENT_NODE) {
      const inner = innerText(child as Element)
      const newLine = text !== '' && BLOCKS.has(tagOf(child as Element))
      text += newLine ? `\n${inner}` : inner
    }
  }
  return text
}
