import { HostError } from '../core/errors.ts'
import type { Host } from '../core/host.ts'
import { domTag } from '../view/tags.ts'

/** Texts, attributes, variables, axes and functions; what is left of the alternatives is the name of a tag. */
const NAMES = /"[^"]*"|'[^']*'|attribute\s*::\s*[\w.-]+|[@$]?[A-Za-z_][\w.-]*(?:\s*(?:::|\())?/g
const TAG = /^[A-Za-z_][\w.-]*$/
/** A path that starts at the root: of the expression, of a part in brackets, or after `|` and `,`. */
const ROOTED = /(^|[([|,])(\s*)(\/{1,2}wx-page(?![\w.-])|(?=\/))/g

/** In WXML's names, below the page's root: `/page/view`, `//text[@id="total"]`. */
export const toDomXpath = (expression: string): string =>
  expression.replaceAll(NAMES, (name) => (TAG.test(name) ? domTag(name) : name)).replaceAll(ROOTED, '$1$2.')

export function queryXpath({ env }: Host, roots: Element[], expression: unknown): HTMLElement[] {
  const { document, XPathResult, Element } = env.window
  const found: HTMLElement[] = []
  for (const root of roots) {
    let result: XPathResult
    try {
      result = document.evaluate(toDomXpath(String(expression)), root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE)
    } catch {
      throw new HostError(`${String(expression)} is no XPath expression for elements: correct it.`)
    }
    for (let index = 0; index < result.snapshotLength; index += 1) {
      const node = result.snapshotItem(index)
      if (node instanceof Element) found.push(node as HTMLElement)
    }
  }
  return found
}
