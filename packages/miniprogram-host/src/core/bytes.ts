import type { LogicRealm } from './environment.ts'

/** The bytes as an ArrayBuffer of the app's realm. */
export function adoptBytes(logic: LogicRealm, bytes: Uint8Array): ArrayBuffer {
  const buffer = new logic.ArrayBuffer(bytes.length)
  new logic.Uint8Array(buffer).set(bytes)
  return buffer
}

/** A copy of the ArrayBuffer that the app, in whatever realm, handed over; undefined for anything else. */
export function takeBytes(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (Object.prototype.toString.call(value) !== '[object ArrayBuffer]') return undefined
  return new Uint8Array(value as ArrayBuffer).slice()
}

/** Reads a stream to its end; `onPart` sees every part as it comes. */
export async function readAll(
  stream: ReadableStream<Uint8Array>,
  onPart: (part: Uint8Array) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  const reader = stream.getReader()
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value)
    onPart(step.value)
  }
  return concat(parts)
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
