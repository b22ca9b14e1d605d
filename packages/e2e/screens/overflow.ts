import type { Page } from 'playwright-core'

/** Boxes of the open page that reach beyond the glass at its sides, and pages that can be moved sideways. */
export const findOverflow = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const open = [...document.querySelectorAll<HTMLElement>('wx-page:not([hidden]), #host-overlay')]
    const isSmall = (range: Range) => range.getClientRects().length === 0
    const found = new Set<string>()
    for (const root of open) {
      for (const box of root.querySelectorAll<HTMLElement>('*')) {
        const { overflowX } = getComputedStyle(box)
        if (box.scrollWidth > box.clientWidth + 1 && overflowX === 'auto') found.add(`${box.tagName} moves sideways`)
      }
      const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      while (words.nextNode()) {
        const range = document.createRange()
        range.selectNodeContents(words.currentNode)
        if (isSmall(range)) continue
        const { left, right } = range.getBoundingClientRect()
        const box = words.currentNode.parentElement
        const isCut = box !== null && getComputedStyle(box).textOverflow === 'ellipsis'
        if (!isCut && (left < -1 || right > innerWidth + 1)) found.add(`"${words.currentNode.textContent}" is cut off`)
      }
    }
    return [...found]
  })
