import type { Css, Piece } from './css.ts'
import { type Device, rpxToPx } from './device.ts'
import { matches } from './media.ts'

export interface Rendering {
  device: Device
  /** The owner's name in class names; '' is the scope that app, pages and sharing components have in common. */
  scope: string
  /** Without layout the height of a page is not known. */
  hasLayout: boolean
}

/** The text of a style sheet for this phone and this owner. */
export function renderCss(css: Css, to: Rendering): string {
  return css.map((piece) => (typeof piece === 'string' ? piece : renderPiece(piece, to))).join('')
}

function renderPiece(piece: Exclude<Piece, string>, to: Rendering): string {
  const { device, scope, hasLayout } = to
  if ('rpx' in piece) return `${rpxToPx(piece.rpx, device)}px`
  if ('vw' in piece) return `${(piece.vw * device.widthPx) / 100}px`
  if ('vh' in piece) return `${piece.vh}${hasLayout ? 'cqh' : 'vh'}`
  if ('className' in piece) return scopedClass(piece.className, scope)
  const answer = matches(piece.media, device)
  if (answer === false) return ''
  const inner = renderCss(piece.css, to)
  return answer ? inner : `@media ${piece.text}{${inner}}`
}

/** `wx-own` names the classes of an element that only a component's own sheet may style; see class-names.ts. */
const scopedClass = (name: string, scope: string): string =>
  scope === '' ? `${name}:where(:not([wx-own~="${name}"]))` : `${scope}--${name}`
