import { CompressionStream, ReadableStream } from 'node:stream/web'
import type { AnswerFault } from './fault-kinds.ts'

/** The answer of a stream endpoint: a file, made while it is sent. */
export interface Streamed {
  /** Content-Type. */
  readonly type: string
  /** How long the file is before it is packed. */
  readonly bytes: number
  readonly body: AsyncIterable<Uint8Array>
  /** Packed on its way out. */
  readonly gzip: boolean
}

/**
 * The bytes that go out, spoiled as the fault says.
 * @param cut ends the connection
 */
export function openStream(streamed: Streamed, fault: AnswerFault | undefined, cut: () => void): BodyInit {
  const { body, bytes, gzip } = streamed
  const content = fault?.kind === 'corrupt-download' ? corrupted(body, fault.atByte ?? bytes >> 1) : body
  const sent = gzip ? ReadableStream.from(content).pipeThrough(new CompressionStream('gzip')) : content
  // Node's own types know `from`, those of the web do not.
  return ReadableStream.from(fault?.kind === 'truncate-download' ? truncated(sent, fault, cut) : sent) as BodyInit
}

/** Before packing, so that nothing but the digest of the file tells. */
async function* corrupted(body: AsyncIterable<Uint8Array>, atByte: number): AsyncGenerator<Uint8Array> {
  let left = atByte
  for await (const chunk of body) {
    const hit = chunk[left]
    yield hit === undefined ? chunk : chunk.with(left, hit ^ 1)
    left -= chunk.length
  }
}

type Truncation = Extract<AnswerFault, { kind: 'truncate-download' }>

async function* truncated(
  body: AsyncIterable<Uint8Array>,
  { afterBytes, end }: Truncation,
  cut: () => void,
): AsyncGenerator<Uint8Array> {
  let left = afterBytes
  for await (const chunk of body) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left > 0) continue
    if (end === 'reset') cut()
    return
  }
}

/** What the journal keeps of it. */
export const describeStream = ({ type, bytes, gzip }: Streamed): string =>
  `(${type}, ${bytes} bytes${gzip ? ' unpacked' : ''})`
