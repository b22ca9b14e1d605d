import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { parseStrictJson } from './strict-json.ts'

const refusalOf = (body: string | Uint8Array): Refusal => {
  try {
    parseStrictJson(Buffer.from(body as Uint8Array))
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('a request body', () => {
  test('may be any JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const json = JSON.stringify(value)
        expect(JSON.stringify(parseStrictJson(Buffer.from(json)))).toBe(JSON.stringify(JSON.parse(json)))
      }),
    )
  })

  test.each([
    ['nothing', '', 'body is not JSON'],
    ['half an object', '{"a":', 'body is not JSON'],
    ['a trailing comma', '{"a":1,}', 'body is not JSON'],
    ['a list', '[1]', 'body is not a JSON object'],
    ['null', 'null', 'body is not a JSON object'],
    ['a text', '"a"', 'body is not a JSON object'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'body is not UTF-8'],
    ['a byte order mark', '\ufeff{}', 'body is not JSON'],
  ])('is refused when it is %s', (_name, body, issue) => {
    expect(refusalOf(body)).toMatchObject({ status: 400, code: 'PARAM_ERROR', detail: { issue, location: 'body' } })
  })

  test.each([
    ['at the top', '{"a":1,"a":1}', '/a'],
    ['below', '{"x":{"b":1,"c":[{"d":1}],"b":2}}', '/b'],
    ['in another spelling', '{"amount":1,"\\u0061mount":2}', '/amount'],
    ['with punctuation inside', '{"a,{\\"":1,"a,{\\"":2}', '/a,{"'],
  ])('is refused when a name comes twice, %s', (_name, body, field) => {
    expect(refusalOf(body)).toMatchObject({ code: 'PARAM_ERROR', detail: { field } })
  })

  test('may use one name in different objects, and names among its texts', () => {
    const body = '{"a":{"a":"a"},"b":["a","a",{"a":1},{"a":2}],"c":"{\\"a\\":1,\\"a\\":2}"}'
    expect(parseStrictJson(Buffer.from(body))).toEqual(JSON.parse(body))
  })

  test('may be 64 deep but not deeper', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    expect(parseStrictJson(Buffer.from(nested(64)))).toBeTypeOf('object')
    expect(refusalOf(nested(65)).detail).toMatchObject({ issue: 'body is nested deeper than 64' })
    expect(refusalOf(nested(100_000)).code).toBe('PARAM_ERROR')
  })
})
