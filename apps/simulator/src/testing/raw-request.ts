import { type IncomingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
  /** Undefined when the body is empty. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of any shape.
  readonly json: any
}

export interface RawRequest {
  readonly method: string
  /** Path and query, sent byte for byte. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** One request on a connection of its own that normalises nothing. Rejects when the connection is cut. */
export function rawRequest(port: number, { method, url, headers = {}, body = '' }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body as Uint8Array)
    const isWhole = bytes.length > 0 && !('Transfer-Encoding' in headers)
    const length = isWhole ? { 'Content-Length': String(bytes.length) } : {}
    const options = { host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length }, agent: false }
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const whole = Buffer.concat(chunks)
        const text = whole.toString()
        const json = text.startsWith('{') ? JSON.parse(text) : undefined
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: whole, text, json })
      })
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}
