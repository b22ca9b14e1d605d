import { expect, test } from 'vitest'
import { type Driven, drive } from '../../testing/fixture.ts'
import { encodingOf } from './encoding.ts'
import { addTemporary, writeFile } from './store.ts'

type Operation = (...args: unknown[]) => unknown

declare const wx: { env: { USER_DATA_PATH: string }; getFileSystemManager(): Record<string, Operation> }

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** Calls the asynchronous form in the app; answers what `complete` got. */
const later = ({ mini }: Driven, name: string, options: object): Promise<Record<string, unknown>> =>
  mini.evaluate(
    (operation: string, given: object) =>
      new Promise((resolve) => wx.getFileSystemManager()[operation]?.({ ...given, complete: resolve })),
    name,
    options,
  ) as unknown as Promise<Record<string, unknown>>

/** Calls the `Sync` form in the app; answers what it returned, or the message that it threw. */
const now = ({ mini }: Driven, name: string, ...args: unknown[]): Promise<unknown> =>
  mini.evaluate(
    (operation: string, given: unknown[]) => {
      try {
        return wx.getFileSystemManager()[operation]?.(...given)
      } catch (error) {
        return error instanceof Error ? error.message : 'no Error of the app'
      }
    },
    name,
    args,
  ) as unknown as Promise<unknown>

test('a file of the user is written, read, described and removed, with callbacks', async () => {
  const driven = await drive()
  const filePath = 'http://usr/note.txt'
  expect(await driven.mini.evaluate(() => wx.env.USER_DATA_PATH)).toBe('http://usr')
  expect(await later(driven, 'writeFile', { filePath, data: '收银', encoding: 'utf8' })).toEqual({
    errMsg: 'writeFile:ok',
  })
  expect(await later(driven, 'access', { path: filePath })).toEqual({ errMsg: 'access:ok' })
  expect(await later(driven, 'readFile', { filePath, encoding: 'utf8' })).toEqual({
    data: '收银',
    errMsg: 'readFile:ok',
  })
  expect(await later(driven, 'stat', { path: filePath })).toMatchObject({ stats: { size: 6, mode: 0o100644 } })
  expect(await later(driven, 'unlink', { filePath })).toEqual({ errMsg: 'unlink:ok' })
  expect(await later(driven, 'access', { path: filePath })).toEqual({
    errMsg: 'access:fail no such file or directory http://usr/note.txt',
    errno: 1300002,
  })
})

test('the Sync forms return, and throw an Error of the app', async () => {
  const driven = await drive()
  await now(driven, 'writeFileSync', 'http://usr/a.bin', 'AP8=', 'base64')
  expect(await now(driven, 'readFileSync', 'http://usr/a.bin', 'hex')).toBe('00ff')
  expect(await now(driven, 'readFileSync', 'http://usr/a.bin', 'hex', 1, 1)).toBe('ff')
  expect(await now(driven, 'readFileSync', 'http://usr/none')).toBe(
    'readFileSync:fail no such file or directory http://usr/none',
  )
  expect(await now(driven, 'readFileSync', 'http://usr/a.bin', 'hex', 1, 9)).toBe('readFileSync:fail Invalid argument')
  expect(await now(driven, 'readFileSync', 'http://usr/a.bin', 'utf7')).toBe(
    'readFileSync:fail invalid encoding "utf7"',
  )
  const kinds = await driven.mini.evaluate(() => {
    const files = wx.getFileSystemManager()
    const data = files.readFileSync?.('http://usr/a.bin')
    const [file, folder] = ['http://usr/a.bin', 'http://usr'].map(
      (path) => files.statSync?.(path) as Record<'isFile' | 'isDirectory', () => boolean>,
    )
    return [data instanceof ArrayBuffer, file?.isFile(), folder?.isFile(), folder?.isDirectory()]
  })
  expect(kinds).toEqual([true, true, false, true])
})

test('saving moves a temporary file to where it stays', async () => {
  const driven = await drive()
  const { host } = driven.launched
  const first = addTemporary(host, bytes('one'), 'txt')
  const saved = await now(driven, 'saveFileSync', first)
  expect(saved).toMatch(/^http:\/\/store\/\d+\.txt$/)
  expect(await now(driven, 'readFileSync', saved, 'utf8')).toBe('one')
  expect(await now(driven, 'accessSync', first)).toMatch(/no such file/)
  const second = addTemporary(host, bytes('two'), 'txt')
  const answer = await later(driven, 'saveFile', { tempFilePath: second, filePath: 'http://usr/two.txt' })
  expect(answer).toEqual({ errMsg: 'saveFile:ok', savedFilePath: 'http://usr/two.txt' })
})

test('texts of the build can be read, but not written', async () => {
  const driven = await drive()
  expect(await now(driven, 'readFileSync', '/app.json', 'utf8')).toContain('pages')
  expect(await now(driven, 'writeFileSync', 'app.json', '{}', 'utf8')).toBe(
    'writeFileSync:fail permission denied, cannot access file path app.json',
  )
})

test.each([
  ['http://tmp/a.txt', 'permission denied, cannot access file path http://tmp/a.txt'],
  ['http://usr', 'illegal operation on a directory http://usr'],
  ['http://usr/none/a.txt', 'no such file or directory http://usr/none/a.txt'],
])('nothing is written to %s', async (path, reason) => {
  expect(await now(await drive(), 'writeFileSync', path, 'x', 'utf8')).toBe(`writeFileSync:fail ${reason}`)
})

test('two hundred megabytes are kept and no more; temporary files do not count', async () => {
  const { host } = (await drive()).launched
  const half = new Uint8Array(100 * 1024 * 1024)
  writeFile(host, 'http://usr/a', half)
  writeFile(host, 'http://usr/b', half)
  addTemporary(host, half, '')
  expect(() => writeFile(host, 'http://usr/c', bytes('x'))).toThrow(
    'the maximum size of the file storage limit is exceeded',
  )
  writeFile(host, 'http://usr/b', bytes('small'))
  writeFile(host, 'http://usr/c', bytes('x'))
})

test.each([
  ['utf8', '收'],
  ['utf-16le', '收a'],
  ['ucs2', '😀'],
  ['latin1', 'é'],
  ['binary', '\u0000ÿ'],
  ['ascii', 'a~'],
  ['hex', '00ff7f'],
  ['base64', 'AP9/'],
])('%s reads what it wrote, as Node does', (name, text) => {
  const encoding = encodingOf(name)
  const written = encoding.write(text)
  expect(Buffer.from(written)).toEqual(Buffer.from(text, name as BufferEncoding))
  expect(encoding.read(written)).toBe(text)
})

test('what is no base64 is refused as WeChat does', () => {
  expect(() => encodingOf('base64').write('data:image/png;base64,AP9/')).toThrow('base64 encode error')
})
