import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Rgb = readonly [red: number, green: number, blue: number]
type Theme = 'light' | 'dark'

const text = readFileSync(new URL('tokens.scss', import.meta.url), 'utf8')
const windows: Record<Theme, Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../theme.json', import.meta.url), 'utf8'),
)

/** Everything in `@mixin <theme> { … }`. */
function tokensOf(theme: Theme): ReadonlyMap<string, string> {
  const [, body = ''] = new RegExp(`@mixin ${theme} \\{([^}]*)\\}`).exec(text) ?? []
  return new Map([...body.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name = '', value = '']) => [name, value]))
}
const themes = { light: tokensOf('light'), dark: tokensOf('dark') } as const

const channels = (hex: string) => [1, 3, 5, 7].map((at) => Number.parseInt(hex.slice(at, at + 2) || 'ff', 16))

/** What is seen of a colour on an opaque one. */
function over(hex: string, ground: string): Rgb {
  const [red = 0, green = 0, blue = 0, alpha = 255] = channels(hex)
  const under = channels(ground)
  const mixed = [red, green, blue].map((value, i) => (value * alpha + (under[i] ?? 0) * (255 - alpha)) / 255)
  return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0]
}

const toHex = (rgb: Rgb) => `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(ink: string, ground: string): number {
  const [light = 0, dark = 0] = [luminance(over(ink, ground)), luminance(over(ground, ground))].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** Ink, and what it stands on from the top down to what is opaque: as the style sheets put them together. */
const words: readonly (readonly string[])[] = [
  ['ink', 'ground'],
  ['ink', 'surface'],
  ['ink', 'pressed'],
  ['ink', 'fill', 'ground'],
  ['ink', 'fill', 'surface'],
  ['ink-soft', 'ground'],
  ['ink-soft', 'surface'],
  ['ink-soft', 'pressed'],
  ['link', 'ground'],
  ['link', 'surface'],
  ['on-green', 'green'],
  ['green-ink', 'surface'],
  ['amber', 'surface'],
  ['amber', 'amber-wash'],
  ['red', 'surface'],
  ['red', 'ground'],
]
const signs = [
  ['on-green', 'green'],
  ['green', 'surface'],
  ['green', 'ground'],
  ['amber', 'amber-wash'],
  ['ink-soft', 'fill', 'ground'],
] as const

function contrastOf(theme: Theme, [ink = '', ...layers]: readonly string[]): number {
  const tokenOf = (name: string) => themes[theme].get(name) ?? ''
  const ground = layers.reverse().reduce((under, name) => toHex(over(tokenOf(name), under)), '#ffffff')
  return contrast(tokenOf(ink), ground)
}

test('the figures are those of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrast('#00000080', '#ffffff')).toBeCloseTo(contrast('#7f7f7f', '#ffffff'), 1)
})

test.each(['light', 'dark'] as const)('in the %s theme all words can be read (WCAG AA, 4.5)', (theme) => {
  const tooFaint = words.filter((pair) => contrastOf(theme, pair) < 4.5)
  expect(tooFaint.map((pair) => `${pair.join(' on ')}: ${contrastOf(theme, pair).toFixed(2)}`)).toEqual([])
})

test.each(['light', 'dark'] as const)('in the %s theme all signs can be made out (WCAG AA, 3)', (theme) => {
  expect(signs.filter((pair) => contrastOf(theme, pair) < 3)).toEqual([])
})

test('both themes have the same colours', () => {
  expect([...themes.dark.keys()]).toEqual([...themes.light.keys()])
  expect(themes.light.size).toBeGreaterThan(12)
})

test.each(['light', 'dark'] as const)('what WeChat draws around a page is of the %s theme too', (theme) => {
  const { ground, bar, tab, tabSelected } = windows[theme]
  const tokens = themes[theme]
  expect([ground, bar, tab, tabSelected]).toEqual(
    ['ground', 'surface', 'ink-soft', 'green-ink'].map((name) => tokens.get(name)),
  )
})

test('no other style sheet knows a colour of its own', () => {
  const folder = new URL('../../', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const sheets = files.filter((name) => name.endsWith('.scss'))
  expect(sheets.length).toBeGreaterThan(12)
  const strangers = sheets.filter((sheet) =>
    /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i.test(readFileSync(new URL(sheet, folder), 'utf8')),
  )
  expect(strangers).toEqual(['shared/ui/tokens.scss'])
})
