import { expect, test } from 'vitest'
import { compileSheet } from '../../node/wxss/compile.ts'
import { renderCss } from './render.ts'

const PHONE = { widthPx: 375, heightPx: 750, pixelRatio: 2, theme: 'light' } as const

/** What is left of `@media <query>`: nothing, the rule alone, or both for the browser to decide. */
function answer(query: string): 'no' | 'yes' | 'browser' {
  const { css } = compileSheet({ 'a.wxss': `@media ${query} { .a { left: 0 } }` }, 'a.wxss', { isComponent: false })
  const text = renderCss(css, { device: PHONE, scope: '', hasLayout: true })
  if (text.includes('@media')) return 'browser'
  return text.includes('left') ? 'yes' : 'no'
}

test.each([
  'screen',
  'all and (min-width: 375px)',
  'only screen and (max-width: 375px)',
  '(width: 750rpx)',
  '(300px < width <= 375px)',
  '(width >= 20em)',
  '(400px > width)',
  '(orientation: portrait)',
  '(aspect-ratio: 1/2)',
  '(-webkit-min-device-pixel-ratio: 2)',
  '(min-resolution: 2dppx)',
  '(prefers-color-scheme: light)',
  'not print',
  'print, (min-height: 700px)',
  'not (min-width: 400px)',
  '(min-width: 900px) or (orientation: portrait)',
  '(width)',
  'screen, (hover: hover)',
])('%s holds on the phone', (query) => {
  expect(answer(query)).toBe('yes')
})

test.each([
  'print',
  '(min-width: 376px)',
  '(width < 375px)',
  '(375px < width)',
  '(orientation: landscape)',
  '(prefers-color-scheme: dark)',
  'screen and (max-width: 320px)',
  'not screen',
  '(min-width: 300px) and (min-height: 900px)',
  '(hover: hover) and (min-width: 900px)',
])('%s does not hold', (query) => {
  expect(answer(query)).toBe('no')
})

test.each(['(prefers-reduced-motion: reduce)', '(hover: hover) and (min-width: 300px)', 'not (hover: hover)'])(
  '%s is for the browser to decide',
  (query) => {
    expect(answer(query)).toBe('browser')
  },
)
