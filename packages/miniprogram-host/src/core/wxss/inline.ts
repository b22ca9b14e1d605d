import { type Device, rpxToPx } from './device.ts'

const LENGTH = /(?<![\w.#-])(-?(?:\d+\.?\d*|\.\d+))(rpx|vw|vh)\b/g
const SAFE_AREA = /(?:env|constant)\(\s*safe-area-inset-(top|right|bottom|left)\s*(?:,\s*([^)]*))?\)/g

/** `style="width: 100rpx"`: the same lengths as in WXSS, where no parser is at hand. */
export function toInlineCss(style: string, device: Pick<Device, 'widthPx' | 'pixelRatio'>, hasLayout: boolean): string {
  return style
    .replaceAll(LENGTH, (_, count: string, unit: string) => {
      if (unit === 'rpx') return `${rpxToPx(Number(count), device)}px`
      return unit === 'vw' ? `${(Number(count) * device.widthPx) / 100}px` : `${count}${hasLayout ? 'cqh' : 'vh'}`
    })
    .replaceAll(SAFE_AREA, (_, side: string, otherwise?: string) => `var(--safe-area-${side}, ${otherwise ?? '0px'})`)
}
