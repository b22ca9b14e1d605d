import type { CarriedRequest, Carrier } from '../core/environment.ts'

const STEP_BYTES = 64 * 1024

/** HTTP by Node's fetch. What the network refuses is fetch's error, with the code in its `cause`. */
export const fetchCarrier: Carrier = async (request) => {
  const { url, method, headers, signal } = request
  const response = await fetch(url, { method, headers, signal, redirect: 'manual', ...bodyOf(request) })
  return {
    status: response.status,
    headers: [...response.headers],
    body: response.body ?? new ReadableStream({ start: (stream) => stream.close() }),
  }
}

/** A body whose progress somebody wants to see goes out in steps, with its length announced as for a whole one. */
function bodyOf({ body, headers, onSent }: CarriedRequest): RequestInit & { duplex?: 'half' } {
  if (!onSent || typeof body !== 'object') return { body: body ?? null }
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent > 0) onSent(sent)
      if (sent >= body.length) return controller.close()
      const step = body.subarray(sent, sent + STEP_BYTES)
      sent += step.length
      controller.enqueue(step)
    },
  })
  return { body: stream, duplex: 'half', headers: { ...headers, 'content-length': String(body.length) } }
}
