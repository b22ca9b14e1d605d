import { AppError } from '../errors.ts'

/** The bytes of a request, exactly as sent. @throws AppError BODY_TOO_LARGE, before more than `maxBytes` are held */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new AppError('BODY_TOO_LARGE', `the body may have at most ${maxBytes / 1024} KB`)
  const declared = request.headers.get('Content-Length')
  if (Number(declared ?? 0) > maxBytes) throw tooLarge()
  // Node holds the sender to the length that was declared, so these need no stream to be counted.
  if (declared !== null) return Buffer.from(await request.arrayBuffer())
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
