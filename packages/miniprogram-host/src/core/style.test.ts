import { expect, test } from 'vitest'
import { rpxToPx, scopeCss, toCss } from './style.ts'

test('750rpx are the width of the phone', () => {
  expect(rpxToPx('width: 750rpx; margin: -1.5rpx', 375)).toBe('width: 375px; margin: -0.75px')
})

test('page is the element of the page, and only as a selector of its own', () => {
  expect(toCss('page{a:b} .x page .page, page:first-child {}', 375, ':scope')).toBe(
    ':scope{a:b} .x :scope .page, :scope:first-child {}',
  )
})

test('viewport units and the safe area mean the page on the phone', () => {
  expect(toCss('.a { height: calc(100vh - env(safe-area-inset-bottom)); width: 50vw }', 375, ':scope')).toBe(
    '.a { height: calc(100cqh - var(--safe-area-bottom, 0px)); width: 50cqw }',
  )
})

test('keyframes stay outside the scope, media queries inside', () => {
  const css = scopeCss('@keyframes turn { from { a: b } to { c: d } } @media (x) { .y { e: f } }', 'wx-page')
  expect(css.replaceAll(/\s+/g, ' ')).toBe(
    '@keyframes turn { from { a: b } to { c: d } } @scope (wx-page) { @media (x) { .y { e: f } } }',
  )
})

test('button is our element too, but not as a value or part of a name', () => {
  expect(toCss('button.a, .button > button:active { transition: button-x } form button{}', 375, ':scope')).toBe(
    'wx-button.a, .button > wx-button:active { transition: button-x } wx-form wx-button{}',
  )
})
