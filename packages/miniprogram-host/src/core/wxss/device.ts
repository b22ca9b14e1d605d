import type { Theme } from '../conditions.ts'
import type { Host } from '../host.ts'

/** What a style sheet can know of the phone. */
export interface Device {
  widthPx: number
  heightPx: number
  pixelRatio: number
  theme: Theme
}

const DESIGN_WIDTH_RPX = 750
/** WeChat's own allowance for binary fractions. */
const EPSILON = 1e-4

/**
 * 750rpx are the width of the phone. WeChat rounds down to whole pixels, but never to nothing: half a pixel stays on an
 * iPhone, one on a screen without a finer grid.
 */
export function rpxToPx(rpx: number, { widthPx, pixelRatio }: Pick<Device, 'widthPx' | 'pixelRatio'>): number {
  if (rpx === 0) return 0
  const px = Math.floor((rpx * widthPx) / DESIGN_WIDTH_RPX + EPSILON)
  if (px !== 0) return px
  return pixelRatio === 1 ? 1 : 0.5
}

/** The theme as the app knows it: undefined, and light to see, unless app.json says `"darkmode": true`. */
export const themeOf = ({ config, conditions }: Pick<Host, 'config' | 'conditions'>): Theme | undefined =>
  config.darkmode ? conditions.theme : undefined

export function deviceOf(host: Pick<Host, 'config' | 'conditions' | 'env'>): Device {
  const { width, height, pixelRatio } = host.env.viewport
  return { widthPx: width, heightPx: height, pixelRatio, theme: themeOf(host) ?? 'light' }
}
