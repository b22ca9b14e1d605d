import { expect, test } from 'vitest'
import type { Rendering } from '../../core/wxss/render.ts'
import { renderCss } from '../../core/wxss/render.ts'
import { compileSheet } from './compile.ts'

const PHONE = { widthPx: 375, heightPx: 760, pixelRatio: 2, theme: 'light' } as const
const WHERE = ':where(wx-page[data-sheets~="a.wxss"])'

function cssOf(text: string, to: Partial<Rendering> = {}, more: Record<string, string> = {}): string {
  const { css } = compileSheet({ 'a.wxss': text, ...more }, 'a.wxss', { isComponent: false })
  return renderCss(css, { device: PHONE, scope: 'c', hasLayout: true, ...to }).trim()
}

const on = (device: object) => ({ device: { ...PHONE, ...device } })

test('750rpx are the width of the phone, rounded down to whole pixels, and never to nothing', () => {
  const text = '.a { margin: 750rpx 0rpx 25rpx -30rpx; width: calc(100% - 20rpx) }'
  expect(cssOf(text)).toBe(`${WHERE} .c--a{margin:375px 0px 12px -15px;width:calc(100% - 10px)}`)
  expect(cssOf('.a { height: 1rpx }')).toContain('height:0.5px')
  expect(cssOf('.a { height: 1rpx }', on({ pixelRatio: 1 }))).toContain('height:1px')
  expect(cssOf('.a { height: 750rpx }', on({ widthPx: 430 }))).toContain('height:430px')
})

test('rpx in a text or an address is not a length', () => {
  expect(cssOf('.a { content: "10rpx"; background: url(https://a/10rpx.png) }')).toContain(
    'content:"10rpx";background:url(https://a/10rpx.png)',
  )
})

test('viewport units and the safe area mean the page on the phone', () => {
  expect(
    cssOf('.a { height: calc(100vh - env(safe-area-inset-bottom)); width: 50vw; top: env(safe-area-inset-top, 3px) }'),
  ).toBe(`${WHERE} .c--a{height:calc(100cqh - var(--safe-area-bottom,0px));width:187.5px;top:var(--safe-area-top,3px)}`)
  expect(cssOf('.a { height: 100vh }', { hasLayout: false })).toContain('height:100vh')
})

test('tags have the names that they have in the document, wherever they stand', () => {
  expect(cssOf('button.a, .b > text:active, form button:not(view) { transition: button }')).toBe(
    `${WHERE} wx-button.c--a,${WHERE} .c--b>wx-text:active,${WHERE} wx-form wx-button:not(wx-view){transition:button}`,
  )
})

test('page is the page that uses the sheet, and weighs as little as a tag', () => {
  const page = 'wx-page:where([data-sheets~="a.wxss"])'
  expect(cssOf('page { left: 0 } page .a, page > .b {}')).toBe(`${page}{left:0}${page} .c--a,${page}>page-root>.c--b{}`)
})

test('the common scope leaves alone what only a component’s own sheet may style', () => {
  expect(cssOf('.a { left: 0 }', { scope: '' })).toBe(`${WHERE} .a:where(:not([wx-own~="a"])){left:0}`)
})

test('`:host` is the element of the component whose sheet it is', () => {
  expect(cssOf(':host { left: 0 } :host .a {}')).toBe(`${WHERE} [is="a"]{left:0}${WHERE} [is="a"] .c--a{}`)
})

test('keyframes and fonts hold everywhere', () => {
  expect(
    cssOf('@keyframes k { from { left: 30rpx } to { left: 0 } } @font-face { font-family: f; src: url(https://a) }'),
  ).toBe('@keyframes k{from{left:15px}to{left:0}}@font-face{font-family:f;src:url(https://a)}')
})

test('a media query asks the phone, not the computer', () => {
  const dark = '@media (prefers-color-scheme: dark) { .a { left: 2rpx } }'
  expect(cssOf(dark)).toBe('')
  expect(cssOf(dark, on({ theme: 'dark' }))).toBe(`${WHERE} .c--a{left:1px}`)
})

test('what the phone cannot say is left to the browser', () => {
  expect(cssOf('@media (prefers-reduced-motion: reduce) { .a { left: 2rpx } }')).toBe(
    `@media (prefers-reduced-motion:reduce){${WHERE} .c--a{left:1px}}`,
  )
})

test('an imported sheet stands where it is named, with its media query', () => {
  const more = { 'lib/b.wxss': '.b { left: 0 }' }
  expect(cssOf('@import "lib/b.wxss"; .a { left: 0 }', {}, more)).toBe(`${WHERE} .c--b{left:0}${WHERE} .c--a{left:0}`)
  expect(cssOf('@import "lib/b.wxss" (min-width: 400px); .a { left: 0 }', {}, more)).toBe(`${WHERE} .c--a{left:0}`)
})

test('a picture of the build is not shown, and a computer without Chinese glyphs gets ours', () => {
  expect(cssOf('.a { background: url(b.png); font-family: Arial, sans-serif }')).toContain(
    'background:url(about:invalid);font-family:Arial,"Noto Sans SC Variable",sans-serif',
  )
})
