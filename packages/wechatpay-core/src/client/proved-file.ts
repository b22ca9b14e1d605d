import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { WechatPayError } from '../errors.ts'

/** Far above any bill; a few kilobytes of gzip can be made to unpack without end. */
const FILE_BYTES_MAX = 2 * 1024 ** 3
const GUNZIP_CHUNK_BYTES = 64 * 1024

/** The unpacked bytes as they come. Throws at the end when they were not the file that was announced. */
export async function* provedBy(
  sha1: string,
  chunks: AsyncIterable<Uint8Array>,
  bytesMax = FILE_BYTES_MAX,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha1')
  let bytes = 0
  for await (const chunk of unpack(chunks)) {
    bytes += chunk.length
    if (bytes > bytesMax) throw malformed(`has more than ${bytesMax} bytes`)
    hash.update(chunk)
    yield chunk
  }
  const actual = hash.digest('hex')
  if (actual !== sha1) throw malformed(`has ${bytes} bytes with the SHA-1 ${actual}, not ${sha1}; apply for it again`)
}

/** By the first two bytes, not by a header: GZIP is what the file is, and proxies add encodings of their own. */
async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const source = chunks[Symbol.asyncIterator]()
  try {
    const head = await firstBytes(source, 2)
    const whole = startingWith(head, source)
    yield* head[0] === 0x1f && head[1] === 0x8b ? gunzip(whole) : whole
  } finally {
    await source.return?.()
  }
}

/** Chunks until there are as many bytes, or all that there are. */
async function firstBytes(source: AsyncIterator<Uint8Array>, bytes: number): Promise<Uint8Array> {
  let head = Buffer.alloc(0)
  while (head.length < bytes) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* startingWith(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  if (head.length > 0) yield head
  yield* { [Symbol.asyncIterator]: () => source }
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const unpacked = createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES })
  // Errors of both come out of `unpacked`; when its reader stops, the source is stopped too.
  pipeline(Readable.from(packed), unpacked, () => {})
  try {
    yield* unpacked as AsyncIterable<Buffer>
  } catch (error) {
    throw error instanceof WechatPayError ? error : malformed('is broken gzip; apply for it again')
  }
}

const malformed = (what: string) =>
  new WechatPayError('ERR_RESPONSE_MALFORMED', `the downloaded file ${what}`, { outcome: 'unknown' })
