import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { respellJson, tamperBase64, tamperJson } from './distort.ts'

describe('odd spelling', () => {
  test('means the same as before and never looks the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const json = JSON.stringify(value)
        const odd = respellJson(json)
        expect(JSON.parse(odd)).toEqual(JSON.parse(json))
        expect(odd).not.toBe(json)
      }),
    )
  })

  test('turns members round, escapes slashes and letters, spaces and ends with a newline', () => {
    expect(respellJson('{"a":"/x","b":[1,2]}')).toBe('{ "\\u0062" : [ 1 , 2 ] ,\n  "\\u0061" : "\\u002fx" }\n')
    expect(respellJson('{"u":"a/b"}')).toContain('\\/b')
  })
})

describe('tampering', () => {
  test('with JSON leaves JSON of another meaning', () => {
    for (const json of ['{"prepay_id":"wx20a"}', '{"total":109}', '{"a":[{"b":"支付成功9"}]}', '{"a":"x"}']) {
      const tampered = tamperJson(json)
      expect(JSON.parse(tampered)).not.toEqual(JSON.parse(json))
      expect(tampered).toHaveLength(json.length)
    }
  })

  test('with JSON that has nothing to change changes nothing', () => {
    expect(tamperJson('{}')).toBe('{}')
  })

  test('with base64 leaves base64 of other bytes', () => {
    for (const base64 of ['AAAA', 'qrs=', '/+9x']) {
      const tampered = tamperBase64(base64)
      expect(Buffer.from(tampered, 'base64')).not.toEqual(Buffer.from(base64, 'base64'))
      expect(Buffer.from(tampered, 'base64')).toHaveLength(Buffer.from(base64, 'base64').length)
    }
  })
})
