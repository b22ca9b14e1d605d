/** `encodeURIComponent(k)=encodeURIComponent(v)&…`, as the page of wx.request has it. GUESS: objects go as JSON. */
export function encodeForm(data: Record<string, unknown>): string {
  return Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`)
    .join('&')
}

/** Data of a GET becomes part of its address, behind the query that is there. */
export function withQuery(url: string, data: Record<string, unknown>): string {
  const added = encodeForm(data)
  if (!added) return url
  const [address = ''] = url.split('#')
  return `${address}${address.includes('?') ? '&' : '?'}${added}`
}

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
