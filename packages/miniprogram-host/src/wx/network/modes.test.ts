import { expect, test } from 'vitest'
import { until } from '../../testing/fixture.ts'
import { inBothModes } from '../../testing/modes.ts'
import { bodyOf, serveHttp, serveSockets } from '../../testing/servers.ts'

interface Task {
  onOpen(listener: () => void): void
  onMessage(listener: (told: { data: string | ArrayBuffer }) => void): void
  onChunkReceived(listener: (told: { data: ArrayBuffer }) => void): void
  send(options: object): void
}

declare const wx: Record<'request' | 'downloadFile' | 'uploadFile' | 'connectSocket', (options: object) => Task>
declare const told: unknown[]

inBothModes((drive) => {
  test('bytes, chunks, files and sockets get through', async () => {
    const { mini } = await drive()
    const url = await serveHttp(async (request, response) => {
      const body = await bodyOf(request)
      if (request.method === 'GET') response.end(Buffer.from([0, 255]))
      else response.end(JSON.stringify([body.includes(Buffer.from([0, 255])), request.headers.referer]))
    })
    const live = await serveSockets((socket, { headers }) => {
      socket.send(String(headers['x-token']))
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    })
    await mini.evaluate(
      (http: string, ws: string) => {
        const told: unknown[] = []
        Object.assign(globalThis, { told })
        const list = (data: ArrayBuffer): number[] => Array.from(new Uint8Array(data))
        const socket = (): void => {
          const task = wx.connectSocket({ url: ws, header: { 'x-token': 't' } })
          task.onOpen(() => task.send({ data: new Uint8Array([1, 254]).buffer }))
          task.onMessage(({ data }) => told.push(data instanceof ArrayBuffer ? list(data) : data))
        }
        const upload = ({ tempFilePath }: { tempFilePath: string }): void => {
          const success = ({ data }: { data: string }): void => {
            told.push(JSON.parse(data))
            socket()
          }
          wx.uploadFile({ url: http, filePath: tempFilePath, name: 'file', success })
        }
        const download = ({ data }: { data: ArrayBuffer }): void => {
          told.push(data instanceof ArrayBuffer, list(data))
          wx.downloadFile({ url: http, success: upload })
        }
        wx.request({ url: http, responseType: 'arraybuffer', success: download })
      },
      url,
      live,
    )
    const wanted = [true, [0, 255], [true, expect.stringContaining('servicewechat.com')], 't', [1, 254]]
    const seen = await until(
      () => mini.evaluate(() => told) as unknown as Promise<unknown[]>,
      ({ length }) => length === wanted.length,
    )
    expect(seen).toEqual(wanted)
  })

  test('what cannot be reached, and what takes too long, fails with the words of a phone', async () => {
    const { mini } = await drive()
    const failures = await mini.evaluate(
      (silent: string) =>
        new Promise((resolve) => {
          const told: string[] = []
          const fail = ({ errMsg }: { errMsg: string }): void => {
            told.push(errMsg)
            if (told.length === 1) wx.request({ url: silent, timeout: 20, fail })
            else resolve(told)
          }
          wx.request({ url: 'http://127.0.0.1:2/', fail })
        }),
      await serveHttp(() => {}),
    )
    expect(failures).toEqual([
      'request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
      'request:fail timeout',
    ])
  })
})
