import { expect, test } from 'vitest'
import { toInlineCss } from './inline.ts'

const PHONE = { widthPx: 375, pixelRatio: 2 }

test.each([
  ['width: 750rpx; margin: -30rpx .5rpx', 'width: 375px; margin: -15px 0.5px'],
  ['width:calc(50vw + 2rpx)', 'width:calc(187.5px + 1px)'],
  ['padding-bottom: env(safe-area-inset-bottom)', 'padding-bottom: var(--safe-area-bottom, 0px)'],
  ['top: constant(safe-area-inset-top, 4px)', 'top: var(--safe-area-top, 4px)'],
  ['background: url(https://a/b-10rpx.png)', 'background: url(https://a/b-10rpx.png)'],
  ['height: 100vh', 'height: 100cqh'],
])('style="%s"', (written, shown) => {
  expect(toInlineCss(written, PHONE, true)).toBe(shown)
})

test('without layout the height of a page is left as it is', () => {
  expect(toInlineCss('height: 100vh', PHONE, false)).toBe('height: 100vh')
})
