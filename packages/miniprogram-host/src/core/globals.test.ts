import { expect, test } from 'vitest'
import { drive } from '../testing/fixture.ts'
import { type Drive, inBothModes } from '../testing/modes.ts'

/** What `typeof` says of each name, on the logic thread. */
const kindsOf = async (open: Drive, names: string[]): Promise<Record<string, string>> => {
  const { mini } = await open()
  const code = names.map((name) => `${JSON.stringify(name)}: typeof ${name}`).join(', ')
  return mini.evaluate(`function () { return { ${code} } }`) as unknown as Promise<Record<string, string>>
}

const all = (names: string[], kind: string) => Object.fromEntries(names.map((name) => [name, kind]))

inBothModes((open) => {
  test('what a browser or Node would bring is not there', async () => {
    const absent = [
      'window',
      'self',
      'document',
      'location',
      'history',
      'navigator',
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'EventSource',
      'Headers',
      'Request',
      'Response',
      'FormData',
      'Blob',
      'File',
      'URL',
      'URLSearchParams',
      'AbortController',
      'Event',
      'EventTarget',
      'TextEncoder',
      'TextDecoder',
      'atob',
      'btoa',
      'crypto',
      'performance',
      'structuredClone',
      'MutationObserver',
      'requestAnimationFrame',
      'setImmediate',
      'postMessage',
      'WebAssembly',
      'process',
      'Buffer',
    ]
    expect(await kindsOf(open, absent)).toEqual(all(absent, 'undefined'))
  })

  test('what a mini-program may rely on is there', async () => {
    const functions = [
      'App',
      'Page',
      'Component',
      'Behavior',
      'getApp',
      'getCurrentPages',
      'requirePlugin',
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'Promise',
      'Proxy',
      'Map',
      'Symbol',
      'console.debug',
      'console.log',
      'console.info',
      'console.warn',
      'console.error',
      'console.group',
      'console.groupEnd',
    ]
    const objects = ['wx', 'global', 'globalThis', 'console', 'Reflect', 'JSON', 'Math']
    expect(await kindsOf(open, [...functions, ...objects])).toEqual({
      ...all(functions, 'function'),
      ...all(objects, 'object'),
    })
  })
})

test.each([
  ['eval', "eval('1')"],
  ['new Function', "new Function('return 1')()"],
  ['Function', "Function('a', 'return a')(1)"],
  ['the constructor of a function', "(function () {}).constructor('return 1')()"],
  ['the constructor of an async function', "(async function () {}).constructor('return 1')()"],
])('%s makes no code from a text', async (_, code) => {
  const { mini } = await drive()
  const thrown = await mini.evaluate(`function () { try { return ${code} } catch (error) { return error.name } }`)
  expect(thrown).toBe('EvalError')
})

test.each([
  "new Function('return this')()",
  "Function('return this')()",
  "(function () {}).constructor('return this')()",
])('%s is the global object, as bundlers expect', async (code) => {
  const { mini } = await drive()
  expect(await mini.evaluate(`function () { return ${code} === globalThis && global === globalThis }`)).toBe(true)
})

test('functions are still functions', async () => {
  const { mini } = await drive()
  expect(
    await mini.evaluate('function () { return [(() => 1) instanceof Function, Function.prototype.call.name] }'),
  ).toEqual([true, 'call'])
})
