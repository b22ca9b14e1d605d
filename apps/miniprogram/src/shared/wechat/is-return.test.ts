import { expect, test } from 'vitest'
import { isReturn } from './is-return.ts'

const THERE = 'wxcc2e4fbc5887661e'

test.each([
  ['the scene and the page', { scene: 1038, referrerInfo: { appId: THERE } }, true],
  ['another scene, as Android may say', { scene: 10001, referrerInfo: { appId: THERE } }, true],
  ['the scene alone', { scene: 1038 }, true],
  ['the scene and a referrer without a name', { scene: 1038, referrerInfo: {} }, true],
  ['the return from another mini-program', { scene: 1038, referrerInfo: { appId: 'wxother' } }, false],
  ['a start from the list', { scene: 1001 }, false],
])('%s', (_, shown, expected) => {
  expect(isReturn(THERE, shown)).toBe(expected)
})
