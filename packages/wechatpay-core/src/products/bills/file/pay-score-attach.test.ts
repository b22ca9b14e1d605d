import { describe, expect, it } from 'vitest'
import { payScoreOrderNo } from './index.ts'

describe('商户数据包 of a Pay Score deduction', () => {
  it.each(['1234323JKHDFE1243252', 'LESSON_1-2*', 'x', 'a'.repeat(32)])(
    'has the service order %s at its end',
    (number) => {
      expect(payScoreOrderNo(`wxzff|500001|${number}`)).toBe(number)
    },
  )

  it('may have more in between, or less', () => {
    expect(payScoreOrderNo('wxzff|500001|01|LESSON1')).toBe('LESSON1')
    expect(payScoreOrderNo('wxzff||LESSON1')).toBe('LESSON1')
    expect(payScoreOrderNo('wxzff|LESSON1')).toBe('LESSON1')
  })

  it.each([
    '',
    'order:019a-1',
    'wxzff',
    'wxzff|',
    'wxzff|500001|',
    'wxzff|500001|课程',
    'xwxzff|500001|LESSON1',
    `wxzff|500001|${'a'.repeat(33)}`,
    'WXZFF|500001|LESSON1',
  ])('is none in %o', (attach) => {
    expect(payScoreOrderNo(attach)).toBeUndefined()
  })
})
