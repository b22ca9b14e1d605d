import type { Carrier } from '../../core/environment.ts'

/** Names that page and preview server agree on. The custom headers keep plain forms of other sites out. */
export const CARRY = {
  path: '/-/carry',
  method: 'x-carry-method',
  url: 'x-carry-url',
  headers: 'x-carry-headers',
  status: 'x-carry-status',
} as const

/** `wx.request` by way of the preview server, which may talk to the API where the browser's CORS would not let us. */
export const carrier: Carrier = async ({ url, method, headers, body, signal }) => {
  const response = await fetch(CARRY.path, {
    method: 'POST',
    headers: { [CARRY.method]: method, [CARRY.url]: url, [CARRY.headers]: encodeURIComponent(JSON.stringify(headers)) },
    body: body ?? null,
    signal,
  })
  if (!response.ok) {
    const { error, code } = await response.json()
    throw Object.assign(new Error(error), { code })
  }
  return {
    status: Number(response.headers.get(CARRY.status)),
    headers: JSON.parse(decodeURIComponent(response.headers.get(CARRY.headers) ?? '%5B%5D')),
    body: response.body ?? new Blob().stream(),
  }
}
