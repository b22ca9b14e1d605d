import { expect, test } from 'vitest'
import { isReturn, PAY_SCORE_APPID } from './is-return.ts'

test.each([
  ['the scene and the page', { scene: 1038, referrerInfo: { appId: PAY_SCORE_APPID } }, true],
  ['another scene, as Android may say', { scene: 10001, referrerInfo: { appId: PAY_SCORE_APPID } }, true],
  ['the scene alone', { scene: 1038 }, true],
  ['the scene and a referrer without a name', { scene: 1038, referrerInfo: {} }, true],
  ['the return from another mini-program', { scene: 1038, referrerInfo: { appId: 'wxother' } }, false],
  ['a start from the list', { scene: 1001 }, false],
])('%s', (_, shown, expected) => {
  expect(isReturn(shown)).toBe(expected)
})
