import { type Device, rpxToPx } from './device.ts'

export type Comparison = '<' | '<=' | '=' | '>=' | '>'

/** A media query as data: asked about the phone, not about the computer's window that shows it. */
export type Media =
  | { any: readonly Media[] }
  | { all: readonly Media[] }
  | { not: Media }
  | { type: string }
  | { feature: string; is: Comparison; value: MediaValue }

/** A number is in the feature's own unit (px, dppx, a ratio); null asks whether the feature is there at all. */
export type MediaValue = number | string | { rpx: number } | null

/** Undefined: this phone cannot say (`prefers-reduced-motion` …), so the browser should. */
export function matches(media: Media, device: Device): boolean | undefined {
  if ('type' in media) return media.type === 'all' || media.type === 'screen'
  if ('not' in media) {
    const inner = matches(media.not, device)
    return inner === undefined ? undefined : !inner
  }
  if ('feature' in media) return matchesFeature(media, device)
  const decides = 'any' in media
  const answers = (decides ? media.any : media.all).map((part) => matches(part, device))
  if (answers.includes(decides)) return decides
  return answers.includes(undefined) ? undefined : !decides
}

function readFeature(name: string, { widthPx, heightPx, pixelRatio, theme }: Device): number | string | undefined {
  switch (name) {
    case 'width':
    case 'device-width':
      return widthPx
    case 'height':
    case 'device-height':
      return heightPx
    case 'aspect-ratio':
    case 'device-aspect-ratio':
      return widthPx / heightPx
    case 'resolution':
    case '-webkit-device-pixel-ratio':
      return pixelRatio
    case 'orientation':
      return widthPx > heightPx ? 'landscape' : 'portrait'
    case 'prefers-color-scheme':
      return theme
    default:
      return undefined
  }
}

type FeatureQuery = Extract<Media, { feature: string }>

function matchesFeature({ feature, is, value }: FeatureQuery, device: Device): boolean | undefined {
  const actual = readFeature(feature, device)
  if (actual === undefined || value === null) return actual === undefined ? undefined : actual !== 0
  const wanted = typeof value === 'object' ? rpxToPx(value.rpx, device) : value
  if (typeof actual === 'string' || typeof wanted === 'string') return actual === wanted
  if (is === '=') return actual === wanted
  if (is === '<' || is === '<=') return actual < wanted || (is === '<=' && actual === wanted)
  return actual > wanted || (is === '>=' && actual === wanted)
}
