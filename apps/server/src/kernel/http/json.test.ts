import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { readBytes } from './body.ts'
import { parseJsonObject } from './json.ts'

const refusal = (run: () => unknown): AppError | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

test('whatever the bytes are, they are an object or a clear refusal, never another error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(refusal(() => parseJsonObject(bytes))?.code ?? 'INVALID_INPUT').toBe('INVALID_INPUT')
    }),
  )
})

test('whatever is JSON comes out as it went in, unless it holds what no column can', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const value: unknown = JSON.parse(text)
      const refused = refusal(() => expect(parseJsonObject(Buffer.from(text))).toEqual(value))
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      const isPlain =
        !/\\u0000|\\ud[89a-f]|"(__proto__|constructor|toString|valueOf|\w*Property\w*|toLocaleString|isPrototypeOf|__\w+__)":/i.test(
          text,
        )
      if (isObject && isPlain) expect(refused).toBeUndefined()
      else if (!isObject) expect(refused?.code).toBe('INVALID_INPUT')
    }),
  )
})

test.each([15, 16, 17, 5_000])('nesting of %i levels', (levels) => {
  const refused = refusal(() => parseJsonObject(Buffer.from(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`)))
  expect(refused?.code).toBe(levels <= 16 ? undefined : 'INVALID_INPUT')
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a member %s is refused wherever it is',
  (name) => {
    for (const text of [`{"${name}":1}`, `{"a":{"${name}":1}}`, `{"a":[{"b":{"${name}":1}}]}`]) {
      expect(refusal(() => parseJsonObject(Buffer.from(text)))?.field).toMatch(new RegExp(`${name}$`))
    }
    expect(parseJsonObject(Buffer.from(`{"a":"${name}"}`))).toEqual({ a: name })
  },
)

test('a body is read to its limit and not a byte further', async () => {
  const send = (bytes: number, declared?: number) =>
    readBytes(
      new Request('http://x', {
        method: 'POST',
        body: new Uint8Array(bytes),
        ...(declared !== undefined && { headers: { 'Content-Length': String(declared) } }),
      }),
      1024,
    )
  expect(await send(1024)).toHaveLength(1024)
  await expect(send(1025)).rejects.toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }))
  await expect(send(1, 1e9)).rejects.toThrow(expect.objectContaining({ code: 'BODY_TOO_LARGE' }))
  expect(await readBytes(new Request('http://x'), 1024)).toHaveLength(0)
})
