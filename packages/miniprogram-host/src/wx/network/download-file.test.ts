import { expect, test } from 'vitest'
import { drive, until } from '../../testing/fixture.ts'
import { call } from '../../testing/in-app.ts'
import { bodyOf, serveHttp } from '../../testing/servers.ts'

declare const wx: {
  getFileSystemManager(): { readFileSync(path: string, encoding?: string): unknown }
  downloadFile(options: object): {
    abort(): void
    onProgressUpdate(listener: (told: unknown) => void): void
  }
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

const pictures = (): Promise<string> =>
  serveHttp((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length }).end(PNG)
  })

test('a downloaded file can be read and uploaded', async () => {
  const driven = await drive()
  const { tempFilePath, ...rest } = await call(driven, 'downloadFile', { url: await pictures() })
  expect(tempFilePath).toMatch(/^http:\/\/tmp\/\d+\.png$/)
  expect(rest).toMatchObject({ statusCode: 200, errMsg: 'downloadFile:ok' })
  const hex = await driven.mini.evaluate(
    (path: string) => wx.getFileSystemManager().readFileSync(path, 'hex'),
    String(tempFilePath),
  )
  expect(hex).toBe(PNG.toString('hex'))
  const url = await serveHttp(async (request, response) => {
    const body = await bodyOf(request)
    response.end(String(body.includes(PNG) && body.includes('Content-Type: image/png')))
  })
  expect(await call(driven, 'uploadFile', { url, filePath: tempFilePath, name: 'file' })).toMatchObject({
    data: 'true',
  })
})

test('with a filePath it is stored there, and the answer names no temporary file', async () => {
  const driven = await drive()
  const filePath = 'http://usr/picture.png'
  const answer = await call(driven, 'downloadFile', { url: await pictures(), filePath })
  expect(answer).toMatchObject({ filePath, statusCode: 200 })
  expect(answer).not.toHaveProperty('tempFilePath')
  expect(driven.launched.host.files.files.get(filePath)?.bytes).toHaveLength(PNG.length)
})

test('a path outside the user’s folder is refused before anything is fetched', async () => {
  let asked = 0
  const url = await serveHttp((_, response) => {
    asked += 1
    response.end()
  })
  expect(await call(await drive(), 'downloadFile', { url, filePath: 'http://tmp/mine.png' })).toEqual({
    errMsg: 'downloadFile:fail permission denied, cannot access file path http://tmp/mine.png',
    errno: 1301000,
  })
  expect(asked).toBe(0)
})

test('whatever the server answers is a file; the app looks at the status', async () => {
  const url = await serveHttp((_, response) => response.writeHead(404).end('gone'))
  const answer = await call(await drive(), 'downloadFile', { url: `${url}/picture.JPG?x` })
  expect(answer).toMatchObject({ statusCode: 404, tempFilePath: expect.stringMatching(/\.jpg$/) })
})

test('progress is told in percent of what the server announced; an aborted download leaves no file', async () => {
  const url = await serveHttp((_, response) => {
    response.writeHead(200, { 'content-length': 8 }).write('half')
  })
  const { mini, launched } = await drive()
  await mini.evaluate((target: string) => {
    const told: unknown[] = []
    const fail = ({ errMsg }: { errMsg: string }): void => void told.push(errMsg)
    const task = wx.downloadFile({ url: target, fail })
    task.onProgressUpdate((progress) => {
      told.push(progress)
      task.abort()
    })
    Object.assign(globalThis, { told })
  }, url)
  const told = await until(
    () => mini.evaluate(() => Reflect.get(globalThis, 'told')) as unknown as Promise<unknown[]>,
    ({ length }) => length === 2,
  )
  expect(told).toEqual([
    { progress: 50, totalBytesWritten: 4, totalBytesExpectedToWrite: 8 },
    'downloadFile:fail abort',
  ])
  expect(launched.host.files.files.size).toBe(0)
})
