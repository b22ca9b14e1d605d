import { expect, test } from 'vitest'
import { goodsOf } from './paths.ts'

test('goods open by their id, and by a code, whose scene WeChat hands over encoded', () => {
  expect(goodsOf({ id: 'swim-pass' })).toBe('swim-pass')
  expect(goodsOf({ scene: encodeURIComponent('swim/pass') })).toBe('swim/pass')
  expect(goodsOf({})).toBe('')
})
