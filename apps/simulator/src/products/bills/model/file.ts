import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Ticket } from '../../../kernel/bills.ts'

const CHUNK_CHARACTERS = 32 * 1024

/** A file of these lines, made anew each time it is read, and the SHA-1 of its bytes. */
export async function makeFile(lines: () => Iterable<string>): Promise<{ file: Ticket['file']; sha1: string }> {
  const body = { [Symbol.asyncIterator]: () => bytesOf(lines()) }
  const hash = createHash('sha1')
  let bytes = 0
  for await (const chunk of body) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { file: { bytes, body }, sha1: hash.digest('hex') }
}

/** In chunks, and with room for other work between them: a bill may have a million lines. */
async function* bytesOf(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < CHUNK_CHARACTERS) continue
    yield Buffer.from(text)
    text = ''
    await breathe()
  }
  yield Buffer.from(text)
}
