import type { CssNode, List, Selector } from 'css-tree'

interface Places {
  /** A page that uses the sheet. */
  user: string
  /** The element of the component whose sheet it is. */
  owner: string
}

const raw = (value: string): CssNode => ({ type: 'Raw', value })
const combinator = (name: string): CssNode => ({ type: 'Combinator', name })

const isPage = (node: CssNode | undefined): boolean =>
  (node?.type === 'TypeSelector' && node.name === 'page') ||
  (node?.type === 'PseudoClassSelector' && node.name === 'root')

const isHost = (node: CssNode): boolean => node.type === 'PseudoClassSelector' && node.name === 'host'

/**
 * `.a` becomes `:where(<the pages>) .a`, which weighs no more; `page` itself becomes such a page. Between a page and its
 * first elements stands the root of its component tree, which a phone has not.
 */
export function prefixSelector({ children }: Selector, { user, owner }: Places): void {
  const page = `wx-page:where(${user})`
  const parts = children.toArray().map((part) => (isHost(part) ? raw(owner) : part))
  const translated = parts.flatMap((part, index) => {
    if (!isPage(part)) return [part]
    const next = parts[index + 1]
    const isParent = next?.type === 'Combinator' && next.name === '>'
    return isParent ? [raw(page), combinator('>'), raw('page-root')] : [raw(page)]
  })
  const isInside = !parts.some(isPage)
  const all = isInside ? [raw(`:where(wx-page${user})`), combinator(' '), ...translated] : translated
  refill(children, all)
}

function refill(list: List<CssNode>, nodes: CssNode[]): void {
  list.clear()
  for (const node of nodes) list.appendData(node)
}
