import { readAll } from '../../core/bytes.ts'
import type { AppFunction } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { addTemporary, checkWritable, writeFile } from '../files/store.ts'
import { exchange } from './exchange.ts'
import { failures } from './failures.ts'
import { cookiesOf, headerOf, requestHeaders } from './headers.ts'
import { suffixFor } from './media-types.ts'
import { reach } from './reach.ts'
import { type Transfer, transferApi } from './transfer.ts'

/** 「单次下载允许的最大文件为 200MB」 */
const BYTES_MAX = 200 * 1024 * 1024

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/download/wx.downloadFile.html */
export function downloadApis(host: Host): Record<string, AppFunction> {
  return {
    downloadFile: transferApi(host, { api: 'downloadFile', events: ['HeadersReceived', 'ProgressUpdate'], run }),
  }
}

async function run({ host, options, signal, tell }: Transfer): Promise<unknown> {
  const { logic } = host.env
  const url = reach(host, 'downloadFile', options.url)
  const filePath = options.filePath === undefined ? undefined : String(options.filePath)
  if (filePath !== undefined) checkWritable(filePath)
  const headers = requestHeaders(host, options.header)
  const response = await exchange(host, 'downloadFile', { url, method: 'GET', headers, body: undefined, signal })
  const header = Object.fromEntries(response.headers)
  tell('HeadersReceived', logic.adopt({ header, cookies: cookiesOf(response.headers) }))
  const expected = Number(headerOf(response.headers, 'content-length') ?? 0)
  let written = 0
  const bytes = await readAll(response.body, (part) => {
    written += part.length
    if (written > BYTES_MAX) throw failures.tooLarge()
    tell('ProgressUpdate', logic.adopt(progressOf(written, expected)))
  })
  const done = { statusCode: response.status, header, errMsg: 'downloadFile:ok' }
  if (filePath === undefined) {
    const suffix = suffixFor(headerOf(response.headers, 'content-type'), url)
    return logic.adopt({ ...done, tempFilePath: addTemporary(host, bytes, suffix) })
  }
  writeFile(host, filePath, bytes)
  return logic.adopt({ ...done, filePath })
}

/** GUESS: without a length from the server, what is there counts as all. */
function progressOf(written: number, expected: number) {
  const total = Math.max(written, expected)
  return {
    progress: Math.floor((written / total) * 100),
    totalBytesWritten: written,
    totalBytesExpectedToWrite: total,
  }
}
