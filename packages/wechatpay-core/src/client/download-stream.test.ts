import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createWechatPay, type Transport, type WechatPayOptions } from '../index.ts'
import { openClient } from '../testing/client-world.ts'
import { makeParties, type Reply } from '../testing/index.ts'
import { provedBy } from './proved-file.ts'

const parties = makeParties()
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')

const MEGABYTE = 1024 * 1024
const PIECE_BYTES = 64 * 1024
// Random, so that it does not get smaller by packing: what is buffered is what was sent and not yet read.
const content = randomBytes(30 * MEGABYTE)
const packed = gzipSync(content, { level: 1 })
const fileAt = (url: string) => ({
  download_url: `${url}/v3/billdownload/file?token=1`,
  hash_type: 'SHA1',
  hash_value: sha1(content),
})

function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

/** A host that writes as fast as it can, and counts what it got rid of. */
function pouring() {
  const seen = { sentBytes: 0, closed: false }
  const serve = async (outgoing: ServerResponse) => {
    outgoing.on('close', () => {
      seen.closed = true
    })
    for (const piece of pieces(packed)) {
      if (outgoing.destroyed) return
      seen.sentBytes += piece.length
      if (!outgoing.write(piece)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')])
    }
    outgoing.end()
  }
  return { seen, serve }
}

async function world(reply: () => Reply, change: Partial<WechatPayOptions> = {}) {
  const opened = await openClient(parties, reply, change)
  return { ...opened, file: fileAt(opened.platform.url) }
}

/** A transport of somebody else that counts what was taken out of it. */
function countingTransport(bytes: Uint8Array) {
  const seen = { takenBytes: 0, ended: false }
  const transport: Transport = {
    send: () => Promise.reject(new Error('not asked for')),
    async stream() {
      async function* body() {
        try {
          for (const piece of pieces(bytes)) {
            seen.takenBytes += piece.length
            yield piece
          }
        } finally {
          seen.ended = true
        }
      }
      return { status: 200, headers: {}, body: body() }
    },
  }
  return { seen, transport }
}

describe('a download holds a few chunks, never the file', () => {
  it.each<[string, Uint8Array]>([
    ['packed', packed],
    ['plain', content],
  ])('30 MB %s: no more is taken than the reader is about to read', async (_, bytes) => {
    const { seen, transport } = countingTransport(bytes)
    const wechatPay = createWechatPay({ ...parties.options, transport })
    let readBytes = 0
    let heldBytesMax = 0
    for await (const chunk of await wechatPay.download(fileAt(parties.options.baseUrl))) {
      readBytes += chunk.length
      heldBytesMax = Math.max(heldBytesMax, seen.takenBytes - readBytes)
    }
    expect(readBytes).toBe(content.length)
    expect(heldBytesMax).toBeLessThan(MEGABYTE)
  })

  it('a reader that is slow slows the host down: its socket is not read ahead', async () => {
    const slow = pouring()
    const fast = pouring()
    const replies = [slow, fast]
    await using w = await world(() => ({ serve: (outgoing) => replies.shift()?.serve(outgoing) }))
    const chunks = (await w.wechatPay.download(w.file))[Symbol.asyncIterator]()
    await chunks.next()
    // Meanwhile the same process reads a whole other file: time enough to have taken this one too.
    for await (const _ of await w.wechatPay.download(w.file));
    expect(fast.seen.sentBytes).toBe(packed.length)
    expect(slow.seen.sentBytes).toBeLessThan(packed.length / 2)
    await chunks.return?.()
  })
})

describe('a download lets go', () => {
  it('of the connection when the reader stops early', async () => {
    const { seen, serve } = pouring()
    await using w = await world(() => ({ serve }))
    for await (const _ of await w.wechatPay.download(w.file)) break
    await expect.poll(() => seen.closed).toBe(true)
    expect(seen.sentBytes).toBeLessThan(packed.length)
  })

  it('of a transport of somebody else when the reader stops early', async () => {
    const { seen, transport } = countingTransport(packed)
    const wechatPay = createWechatPay({ ...parties.options, transport })
    for await (const _ of await wechatPay.download(fileAt(parties.options.baseUrl))) break
    await expect.poll(() => seen.ended).toBe(true)
    expect(seen.takenBytes).toBeLessThan(MEGABYTE)
  })

  it('of a transport that knows no other end than its signal', async () => {
    let signal: AbortSignal | undefined
    const body = { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false as const, value: content }) }) }
    const stream: Transport['stream'] = async (request) => {
      signal = request.signal
      return { status: 200, headers: {}, body }
    }
    const transport = { send: () => Promise.reject(new Error('not asked for')), stream }
    const wechatPay = createWechatPay({ ...parties.options, transport })
    for await (const _ of await wechatPay.download(fileAt(parties.options.baseUrl))) break
    expect(signal?.aborted).toBe(true)
  })

  it('of a host that goes silent in the middle', async () => {
    const serve = (outgoing: ServerResponse) => outgoing.write(packed.subarray(0, PIECE_BYTES))
    await using w = await world(() => ({ serve }), { stallMs: 100 })
    const chunks = await w.wechatPay.download(w.file)
    const reading = (async () => {
      for await (const _ of chunks);
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      outcome: 'unknown',
      message: expect.stringContaining('100 ms'),
    })
  })

  it('of a file that nobody reads', async () => {
    const { seen, serve } = pouring()
    await using w = await world(() => ({ serve }), { stallMs: 100 })
    const chunks = await w.wechatPay.download(w.file)
    await expect.poll(() => seen.closed).toBe(true)
    await expect(chunks[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'ERR_CONNECTION' })
  })

  it('but not of a reader that takes longer between two chunks', async () => {
    const stallMs = 50
    const { transport } = countingTransport(packed)
    const wechatPay = createWechatPay({ ...parties.options, transport, stallMs })
    let chunks = 0
    for await (const _ of await wechatPay.download(fileAt(parties.options.baseUrl))) {
      chunks += 1
      if (chunks === 2) await once(AbortSignal.timeout(3 * stallMs), 'abort')
    }
    expect(chunks).toBeGreaterThan(2)
  })

  it('when its caller aborts, before the answer and within it', async () => {
    const { seen, serve } = pouring()
    let held: Reply = { silent: true }
    await using w = await world(() => held)
    const gone = { code: 'ERR_CONNECTION' }
    await expect(w.wechatPay.download(w.file, { signal: AbortSignal.abort() })).rejects.toMatchObject(gone)
    expect(w.platform.seen).toHaveLength(0)
    const before = new AbortController()
    const waiting = w.wechatPay.download(w.file, { signal: before.signal })
    await expect.poll(() => w.platform.seen.length).toBe(1)
    before.abort()
    await expect(waiting).rejects.toMatchObject({ ...gone, message: expect.stringContaining('given up') })
    held = { serve }
    const within = new AbortController()
    const chunks = (await w.wechatPay.download(w.file, { signal: within.signal }))[Symbol.asyncIterator]()
    await chunks.next()
    within.abort()
    const rest = async () => {
      while (!(await chunks.next()).done);
    }
    await expect(rest()).rejects.toMatchObject(gone)
    await expect.poll(() => seen.closed).toBe(true)
  })

  it('of close(): a file under way is read to its end', async () => {
    const { serve } = pouring()
    await using w = await world(() => ({ serve }))
    const chunks = await w.wechatPay.download(w.file)
    w.wechatPay.close()
    let bytes = 0
    for await (const chunk of chunks) bytes += chunk.length
    expect(bytes).toBe(content.length)
  })
})

describe('a bomb', () => {
  it('is given up at the limit, and little more of it is unpacked', async () => {
    const zeros = Buffer.alloc(20 * MEGABYTE)
    const bomb = gzipSync(zeros)
    let bytes = 0
    const reading = (async () => {
      async function* chunks() {
        yield* pieces(bomb)
      }
      for await (const chunk of provedBy(sha1(zeros), chunks(), MEGABYTE)) bytes += chunk.length
    })()
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(`more than ${MEGABYTE} bytes`) })
    expect(bytes).toBeLessThanOrEqual(MEGABYTE)
  })
})
