import { malformedBill } from './problem.ts'

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
/** Far above any row: a file without line breaks must not grow in memory. */
const LINE_BYTES_MAX = 1024 * 1024

/**
 * The lines that each chunk ends, without their CRLF or LF. Cutting at a newline byte cuts no character: no other byte
 * of UTF-8 has that value. Decoded one by one, so that a row that is kept keeps its own line alive and no more.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk])
    const lines: string[] = []
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      lines.push(bytes.toString('utf8', from, bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end))
      from = end + 1
    }
    if (lines.length > 0) yield lines
    rest = bytes.subarray(from)
    if (rest.length > LINE_BYTES_MAX) throw malformedBill(`a line has more than ${LINE_BYTES_MAX} bytes`)
  }
  if (rest.length > 0) yield [rest.toString('utf8')]
}

const asBuffer = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
