import {
  type Atrule,
  type CssNode,
  type FunctionNode,
  generate,
  type List,
  type ListItem,
  type StyleSheet,
  type WalkContext,
  walk,
} from 'css-tree'
import type { Css } from '../../core/wxss/css.ts'
import { domTag } from '../../view/tags.ts'
import { isLocal } from './check.ts'
import { Markers } from './markers.ts'
import { toMedia } from './media.ts'
import { prefixSelector } from './selector.ts'

/** An app may ask for the computer's own font: one without Chinese glyphs falls back to ours. */
const SANS_SERIF = '"Noto Sans SC Variable",sans-serif'
const SAFE_AREA = /^safe-area-inset-(top|right|bottom|left)$/
const HEIGHT = /^[dsl]?vh$/i
const WIDTH = /^[dsl]?vw$/i
const KEYFRAMES = /^(-\w+-)?keyframes$/

/**
 * The CSS that an app's pages get for a WXSS: its rules stay within the pages that use it, tags have the names that they
 * have in the document, `page` is our element; what depends on the phone or on the owner is left open. Eats the tree.
 */
export function translateSheet(ast: StyleSheet, { id, path }: { id: string; path: string }): Css {
  const markers = new Markers()
  walk(ast, function scope(node) {
    if (node.type !== 'Rule' || KEYFRAMES.test(this.atrule?.name ?? '')) return
    if (node.prelude.type !== 'SelectorList') return
    for (const selector of node.prelude.children.toArray()) {
      if (selector.type === 'Selector')
        prefixSelector(selector, { user: `[data-sheets~="${id}"]`, owner: `[is="${path}"]` })
    }
  })
  walk(ast, {
    enter(this: WalkContext, node: CssNode, item: ListItem<CssNode>, list: List<CssNode>) {
      if (this.atrulePrelude) return
      translateInPlace(node, markers, this.declaration?.property)
      const text = replacement(node, markers, this.declaration?.property)
      if (text !== undefined && list) replace(item, list, text)
    },
    leave(node: CssNode, item: ListItem<CssNode>, list: List<CssNode>) {
      if (node.type !== 'Atrule' || node.name !== 'media' || !node.block || !list) return
      replace(item, list, markers.textOf(mediaPiece(node, node.block, markers)))
    },
  })
  return markers.split(generate(ast))
}

const replace = (item: ListItem<CssNode>, list: List<CssNode>, value: string): void =>
  void list.replace(item, list.createItem({ type: 'Raw', value }))

function mediaPiece({ prelude }: Atrule, block: CssNode, markers: Markers) {
  const inner = generate(block).slice(1, -1)
  return { media: toMedia(prelude), text: prelude ? generate(prelude) : '', css: markers.split(inner) }
}

function translateInPlace(node: CssNode, markers: Markers, property: string | undefined): void {
  if (node.type === 'TypeSelector') node.name = domTag(node.name)
  else if (node.type === 'ClassSelector') node.name = markers.textOf({ className: node.name })
  else if (node.type === 'Url' && isLocal(node.value)) node.value = 'about:invalid'
  else if (node.type === 'Function') translateSafeArea(node)
  else if (node.type === 'Dimension' && property) node.unit = node.unit.replace(/^v(min|max)$/, 'cq$1')
}

function replacement(node: CssNode, markers: Markers, property = ''): string | undefined {
  if (node.type === 'Identifier' && node.name === 'sans-serif' && /^(font|font-family)$/.test(property))
    return SANS_SERIF
  if (node.type !== 'Dimension') return undefined
  const value = Number(node.value)
  if (node.unit === 'rpx') return markers.textOf({ rpx: value })
  if (WIDTH.test(node.unit)) return markers.textOf({ vw: value })
  return HEIGHT.test(node.unit) ? markers.textOf({ vh: value }) : undefined
}

/** The phone is drawn on the page, so its safe area is a variable of ours. */
function translateSafeArea(node: FunctionNode): void {
  const inset = node.children.first
  if (!/^(env|constant)$/.test(node.name) || inset?.type !== 'Identifier') return
  const side = SAFE_AREA.exec(inset.name)?.[1]
  if (!side) return
  node.name = 'var'
  inset.name = `--safe-area-${side}`
  if (node.children.size > 1) return
  node.children.appendData({ type: 'Operator', value: ',' })
  node.children.appendData({ type: 'Dimension', value: '0', unit: 'px' })
}
