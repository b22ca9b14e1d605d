import { type BuiltIn, type Instance, reflect } from '../builtin.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': '\u00a0',
  '&ensp;': '\u2002',
  '&emsp;': '\u2003',
  '&lt;': '<',
  '&gt;': '>',
  '&apos;': "'",
  '&amp;': '&',
}
const SPACES: Readonly<Record<string, string>> = { ensp: '\u2002', emsp: '\u2003', nbsp: '\u00a0' }

/** https://developers.weixin.qq.com/miniprogram/dev/component/text.html */
export const text: BuiltIn = {
  tag: 'text',
  properties: { selectable: 'boolean', userSelect: 'boolean', decode: 'boolean', space: 'string', maxLines: 'number' },
  changed: {
    ...reflect('selectable', 'userSelect'),
    decode: (self, value) => value && rewrite(self),
    space: (self, value) => value && rewrite(self),
    maxLines: ({ element }, value) => element.style.setProperty('-webkit-line-clamp', value ? String(value) : null),
  },
}

const watched = new WeakSet<Instance>()
/** What was drawn last: a second pass over it would decode `&amp;lt;` twice. */
const drawn = new WeakMap<Node, string | null>()

/** `decode` and `space` change the characters that are drawn; the framework writes the text nodes, so they are watched. */
function rewrite(self: Instance): void {
  if (watched.has(self)) return
  watched.add(self)
  const { window } = self.host.env
  const draw = (): void => {
    const walker = window.document.createTreeWalker(self.element, window.NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (drawn.get(node) === node.nodeValue) continue
      const text = toDrawn(self, node.nodeValue ?? '')
      drawn.set(node, text)
      if (text !== node.nodeValue) node.nodeValue = text
    }
  }
  new window.MutationObserver(draw).observe(self.element, { characterData: true, childList: true, subtree: true })
  draw()
}

function toDrawn({ properties }: Instance, given: string): string {
  const space = SPACES[String(properties.space)]
  const spaced = space ? given.replaceAll(' ', space) : given
  return properties.decode ? spaced.replaceAll(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity) : spaced
}
