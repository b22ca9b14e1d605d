import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { BillDay } from '../../../kernel/bill-edits.ts'
import type { Ticket } from '../../../kernel/bills.ts'

const CHUNK_CHARACTERS = 32 * 1024

/** A file that is made anew each time it is read, and the SHA-1 of its bytes. */
interface Made {
  readonly file: Ticket['file']
  readonly sha1: string
}

// A digest of a million rows takes seconds. Edits make another day of it, and so another file.
const made = new WeakMap<BillDay, Map<string, Promise<Made>>>()

/** The file of a bill that is ready: until it is edited, it is always the same. */
export function fileOf(bill: { readonly day: BillDay; readonly type: string; readonly lines: () => Iterable<string> }) {
  const files = made.get(bill.day) ?? new Map<string, Promise<Made>>()
  made.set(bill.day, files)
  const file = files.get(bill.type) ?? makeFile(bill.lines)
  files.set(bill.type, file)
  return file
}

async function makeFile(lines: () => Iterable<string>): Promise<Made> {
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
