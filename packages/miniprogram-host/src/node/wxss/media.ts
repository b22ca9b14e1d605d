import { type CssNode, generate } from 'css-tree'
import type { Comparison, Media, MediaValue } from '../../core/wxss/media.ts'

/** css-tree 3's nodes of media queries, which its type package does not know yet. */
type Part =
  | { type: 'MediaQueryList'; children: Iterable<Part> }
  | { type: 'MediaQuery'; modifier: string | null; mediaType: string | null; condition: Part | null }
  | { type: 'Condition'; children: Iterable<Part> }
  | { type: 'Feature'; name: string; value: CssNode | null }
  | {
      type: 'FeatureRange'
      left: CssNode
      leftComparison: string
      middle: CssNode
      rightComparison: string | null
      right: CssNode | null
    }
  | { type: 'Identifier'; name: string }
  | { type: 'GeneralEnclosed' }

const MIRRORED: Readonly<Record<string, Comparison>> = { '<': '>', '<=': '>=', '=': '=', '>=': '<=', '>': '<' }
const UNKNOWN: Media = { feature: '?', is: '=', value: null }

/** The prelude of `@media` as data. */
export const toMedia = (prelude: CssNode | null): Media =>
  prelude?.type === 'AtrulePrelude' ? toAny(prelude.children as unknown as Iterable<Part>) : UNKNOWN

const toAny = (parts: Iterable<Part>): Media => ({ any: [...parts].map(convert) })

function convert(part: Part): Media {
  switch (part.type) {
    case 'MediaQueryList':
      return toAny(part.children)
    case 'MediaQuery': {
      const all = [
        ...(part.mediaType ? [{ type: part.mediaType }] : []),
        ...(part.condition ? [convert(part.condition)] : []),
      ]
      return part.modifier === 'not' ? { not: { all } } : { all }
    }
    case 'Condition':
      return toCondition([...part.children])
    case 'Feature':
      return toFeature(part.name, part.value)
    case 'FeatureRange':
      return toRange(part)
    default:
      return UNKNOWN
  }
}

/** `not X`, `X and Y`, `X or Y`. */
function toCondition(parts: Part[]): Media {
  const words = parts.flatMap((part) => (part.type === 'Identifier' ? [part.name.toLowerCase()] : []))
  const operands = parts.filter((part) => part.type !== 'Identifier').map(convert)
  if (words.includes('not')) return { not: { all: operands } }
  return words.includes('or') ? { any: operands } : { all: operands }
}

function toFeature(written: string, value: CssNode | null): Media {
  const [, bound, feature = ''] = /^(?:(?:-webkit-)?(min|max)-)?(.*)$/.exec(written.toLowerCase()) ?? []
  const name = bound && written.startsWith('-webkit-') ? `-webkit-${feature}` : feature
  const is: Comparison = bound === 'min' ? '>=' : bound === 'max' ? '<=' : '='
  return { feature: name, is, value: value ? toValue(value) : null }
}

/** `400px <= width < 500px`, `width > 300px`, `300px < width`. */
function toRange({
  left,
  leftComparison,
  middle,
  rightComparison,
  right,
}: Extract<Part, { type: 'FeatureRange' }>): Media {
  const compare = (feature: CssNode, is: string, value: CssNode): Media =>
    feature.type === 'Identifier'
      ? { feature: feature.name.toLowerCase(), is: is as Comparison, value: toValue(value) }
      : UNKNOWN
  if (left.type === 'Identifier') return compare(left, leftComparison, middle)
  const first = compare(middle, MIRRORED[leftComparison] ?? '=', left)
  return right && rightComparison ? { all: [first, compare(middle, rightComparison, right)] } : first
}

const PX: Readonly<Record<string, number>> = { px: 1, em: 16, rem: 16, dppx: 1, x: 1, dpi: 1 / 96 }

function toValue(node: CssNode): MediaValue {
  if (node.type === 'Number') return Number(node.value)
  if (node.type === 'Ratio') {
    const [left, right] = generate(node).split('/').map(Number)
    return (left ?? 1) / (right ?? 1)
  }
  if (node.type !== 'Dimension') return generate(node).toLowerCase()
  const unit = node.unit.toLowerCase()
  return unit === 'rpx' ? { rpx: Number(node.value) } : Number(node.value) * (PX[unit] ?? 1)
}
