import type { Route } from '@shouyin/contracts/route'
import { problemWords } from '../shared/problem-words.ts'
import { RequestFailed } from '../shared/request-failed.ts'

/** What the routes of these modules may answer. */
export const codesOf = (...modules: readonly object[]): string[] =>
  modules
    .flatMap((module): unknown[] => Object.values(module))
    .filter((member): member is Route => typeof member === 'object' && member !== null && 'errors' in member)
    .flatMap(({ errors }) => Object.keys(errors))

/** Those of them that the shopper would be told nothing about. */
export const withoutWords = (codes: readonly string[]): string[] =>
  codes.filter((code) => problemWords(new RequestFailed({ code, message: '' })) === problemWords(undefined))
