import type { IncomingHttpHeaders } from 'node:http'
import { expect, test } from 'vitest'
import { drive } from '../../testing/fixture.ts'
import { call } from '../../testing/in-app.ts'
import { bodyOf, serveHttp } from '../../testing/servers.ts'
import { addTemporary } from '../files/store.ts'

declare const wx: {
  uploadFile(options: object): {
    onProgressUpdate(listener: (told: Progress) => void): void
    onHeadersReceived(listener: (told: { header: Record<string, string> }) => void): void
  }
}

interface Progress {
  progress: number
  totalBytesSent: number
  totalBytesExpectedToSend: number
}

interface Received {
  method: string | undefined
  headers: IncomingHttpHeaders
  form: FormData
}

/** A server that reads the form as any framework would. */
async function receiver(received: Received[]): Promise<string> {
  return serveHttp(async (request, response) => {
    const { method, headers } = request
    const type = { 'content-type': String(headers['content-type']) }
    const form = await new Response(new Uint8Array(await bodyOf(request)), { headers: type }).formData()
    received.push({ method, headers, form })
    response.writeHead(201, { 'x-seen': 'yes' }).end('{"ok":true}')
  })
}

test('a file goes as multipart, with its name, type and the other fields; the answer stays text', async () => {
  const driven = await drive()
  const filePath = addTemporary(driven.launched.host, new TextEncoder().encode('付款'), 'txt')
  const received: Received[] = []
  const answer = await call(driven, 'uploadFile', {
    url: await receiver(received),
    filePath,
    name: 'receipt',
    formData: { order: 7, note: '谢谢' },
    header: { 'content-type': 'multipart/form-data', 'x-token': 't' },
  })
  expect(answer).toMatchObject({ statusCode: 201, data: '{"ok":true}', errMsg: 'uploadFile:ok' })
  const { method, headers, form } = received[0] as Received
  expect([method, headers['x-token'], headers.referer]).toEqual(['POST', 't', expect.stringContaining('servicewechat')])
  expect([form.get('order'), form.get('note')]).toEqual(['7', '谢谢'])
  const file = form.get('receipt') as File
  expect([file.name, file.type, await file.text()]).toEqual(['1.txt', 'text/plain', '付款'])
})

test('progress grows to the whole, and the length is announced', async () => {
  const driven = await drive()
  const filePath = addTemporary(driven.launched.host, new Uint8Array(300_000), 'bin')
  const received: Received[] = []
  const told = (await driven.mini.evaluate(
    (url: string, path: string) =>
      new Promise((resolve) => {
        const seen: unknown[] = []
        const task = wx.uploadFile({ url, filePath: path, name: 'file', complete: () => resolve(seen) })
        task.onProgressUpdate((progress) => seen.push(progress))
        task.onHeadersReceived(({ header }) => seen.push(header['x-seen']))
      }),
    await receiver(received),
    filePath,
  )) as unknown as Progress[]
  expect(told.at(-1)).toBe('yes')
  const steps = told.slice(0, -1)
  const total = Number(received[0]?.headers['content-length'])
  expect(total).toBeGreaterThan(300_000)
  expect(steps.at(-1)).toEqual({ progress: 100, totalBytesSent: total, totalBytesExpectedToSend: total })
  const percents = steps.map(({ progress }) => progress)
  expect(percents).toEqual([...new Set(percents)].sort((one, other) => one - other))
  expect(percents.length).toBeGreaterThan(2)
})

test('a file that is not there is not found, and nothing is sent', async () => {
  const received: Received[] = []
  const options = { url: await receiver(received), filePath: 'http://tmp/none.png', name: 'file' }
  expect((await call(await drive(), 'uploadFile', options)).errMsg).toBe('uploadFile:fail file not found')
  expect(received).toEqual([])
})
