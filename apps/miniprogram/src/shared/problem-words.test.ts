import type { Route } from '@shouyin/contracts/route'
import * as shopper from '@shouyin/contracts/shopper'
import { expect, test } from 'vitest'
import { problemWords } from './problem-words.ts'
import { RequestFailed } from './request-failed.ts'

const codes = Object.values(shopper)
  .flatMap((module): unknown[] => Object.values(module))
  .filter((member): member is Route => typeof member === 'object' && member !== null && 'errors' in member)
  .flatMap(({ errors }) => Object.keys(errors))

test('whatever a route may answer has words of its own', () => {
  const failed = (code: string) => problemWords(new RequestFailed({ code, message: '' }))
  expect(codes).toContain('REFUND_EXCEEDS_ORDER')
  expect(codes.filter((code) => failed(code) === problemWords(undefined))).toEqual([])
})
