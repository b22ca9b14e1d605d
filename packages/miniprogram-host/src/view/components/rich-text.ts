import { isRecord } from '../../core/json.ts'
import type { BuiltIn, Instance } from '../builtin.ts'

/** Tags and attributes that WeChat draws; all others are dropped with what they hold. */
const TAGS = new Set(
  (
    'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em ' +
    'fieldset font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rt ruby s section ' +
    'small span strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
)
const ATTRIBUTES = new Set('class style alt src width height colspan rowspan span start type align dir'.split(' '))

function drawNode(document: Document, given: unknown): Node | undefined {
  if (!isRecord(given)) return undefined
  if (given.type === 'text') return document.createTextNode(decode(document, String(given.text ?? '')))
  const name = String(given.name ?? '').toLowerCase()
  if (!TAGS.has(name)) return undefined
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(isRecord(given.attrs) ? given.attrs : {})) {
    if (ATTRIBUTES.has(attribute)) element.setAttribute(attribute, String(value))
  }
  for (const child of Array.isArray(given.children) ? given.children : []) {
    const drawn = drawNode(document, child)
    if (drawn) element.append(drawn)
  }
  return element
}

function decode(document: Document, text: string): string {
  const field = document.createElement('textarea')
  field.innerHTML = text
  return field.value
}

/** A String is parsed as HTML in a document without scripts, then read with the same two lists. */
function drawHtml(document: Document, html: string): Node[] {
  const parsed = document.implementation.createHTMLDocument('')
  parsed.body.innerHTML = html
  return Array.from(parsed.body.childNodes).flatMap((node) => drawNode(document, toNode(node)) ?? [])
}

function toNode(node: Node): unknown {
  if (node.nodeType === node.TEXT_NODE) return { type: 'text', text: node.nodeValue?.replaceAll('&', '&amp;') }
  const element = node as Element
  const attrs = Object.fromEntries(
    (element.getAttributeNames?.() ?? []).map((name) => [name, element.getAttribute(name)]),
  )
  return { name: node.nodeName.toLowerCase(), attrs, children: Array.from(node.childNodes, toNode) }
}

function draw({ host, element, properties }: Instance): void {
  const { document } = host.env.window
  const { nodes } = properties
  const drawn = Array.isArray(nodes)
    ? nodes.flatMap((node) => drawNode(document, node) ?? [])
    : drawHtml(document, String(nodes ?? ''))
  element.replaceChildren(...drawn)
}

/** https://developers.weixin.qq.com/miniprogram/dev/component/rich-text.html */
export const richText: BuiltIn = {
  tag: 'rich-text',
  properties: { nodes: ['any', []], space: 'string', userSelect: 'boolean', mode: ['string', 'default'] },
  changed: {
    nodes: draw,
    space: ({ element }, value) => element.style.setProperty('white-space', value ? 'break-spaces' : null),
    userSelect: ({ element }, value) => element.toggleAttribute('user-select', Boolean(value)),
  },
}
