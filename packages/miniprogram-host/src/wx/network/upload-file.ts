import { readAll } from '../../core/bytes.ts'
import type { AppFunction } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import { findFile } from '../files/store.ts'
import { exchange } from './exchange.ts'
import { failures } from './failures.ts'
import { cookiesOf, requestHeaders } from './headers.ts'
import { mediaTypeOf } from './media-types.ts'
import { reach } from './reach.ts'
import { type Transfer, transferApi } from './transfer.ts'

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/upload/wx.uploadFile.html */
export function uploadApis(host: Host): Record<string, AppFunction> {
  return { uploadFile: transferApi(host, { api: 'uploadFile', events: ['HeadersReceived', 'ProgressUpdate'], run }) }
}

async function run(transfer: Transfer): Promise<unknown> {
  const { host, options, signal, tell } = transfer
  const { logic } = host.env
  const url = reach(host, 'uploadFile', options.url)
  const form = new Response(formOf(transfer))
  // The boundary is ours, so a content-type of the app gives way.
  const headers = { ...requestHeaders(host, options.header), 'content-type': form.headers.get('content-type') ?? '' }
  const body = new Uint8Array(await form.arrayBuffer())
  let told = 0
  const onSent = (bytes: number): void => {
    if (bytes <= told) return
    told = bytes
    const progress = Math.floor((bytes / body.length) * 100)
    tell('ProgressUpdate', logic.adopt({ progress, totalBytesSent: bytes, totalBytesExpectedToSend: body.length }))
  }
  const response = await exchange(host, 'uploadFile', { url, method: 'POST', headers, body, signal, onSent })
  onSent(body.length)
  const header = Object.fromEntries(response.headers)
  tell('HeadersReceived', logic.adopt({ header, cookies: cookiesOf(response.headers) }))
  const data = new TextDecoder().decode(await readAll(response.body))
  return logic.adopt({ data, statusCode: response.status, header, errMsg: 'uploadFile:ok' })
}

/** GUESS: the fields come before the file. */
function formOf({ host, options }: Transfer): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(isRecord(options.formData) ? options.formData : {})) {
    form.append(name, String(value))
  }
  const path = String(options.filePath)
  const file = findFile(host, path)
  if (!file) throw failures.notFound()
  const fileName = path.split('/').at(-1) ?? path
  form.append(String(options.name), new Blob([file.bytes], { type: mediaTypeOf(path) }), fileName)
  return form
}
