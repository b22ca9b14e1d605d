/** Hairlines are half a pixel wide, as on a phone. */
export const PIXEL_RATIO = 2
/** Glasses of three phones that are in use, in CSS pixels. */
export const devices = {
  320: { width: 320, height: 568 },
  375: { width: 375, height: 760 },
  430: { width: 430, height: 932 },
} as const
export type Width = keyof typeof devices

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]
