import type { CarriedResponse, Carrier, KeyValueStore } from '../../core/environment.ts'
import { describeError } from '../../core/errors.ts'
import { carrier } from './carry.ts'
import type { Panel } from './panel/index.ts'

const SHOWN_BYTES = 20_000

/** The page's carrier, whose exchanges the panel shows. */
export const watchedCarrier =
  (panel: Panel): Carrier =>
  async (request) => {
    const { method, url, body } = request
    const startedMs = performance.now()
    const sent = typeof body === 'string' ? body : body ? `${body.byteLength} bytes` : ''
    const tell = (status: number | string, received: string) =>
      panel.request({ method, url, status, ms: Math.round(performance.now() - startedMs), sent, received })
    try {
      const response = await carrier(request)
      const [shown, passed] = response.body.tee()
      void readStart(shown).then((received) => tell(response.status, received))
      return { ...response, body: passed } satisfies CarriedResponse
    } catch (error) {
      tell('failed', describeError(error).message)
      throw error
    }
  }

async function readStart(body: ReadableStream<Uint8Array>): Promise<string> {
  const text = await new Response(body).text().catch(() => '')
  return text.slice(0, SHOWN_BYTES)
}

/** A store that tells the panel of every change. */
export function watchedStore(store: KeyValueStore, changed: () => void): KeyValueStore {
  return {
    ...store,
    set: (key, value) => {
      store.set(key, value)
      changed()
    },
    delete: (key) => {
      store.delete(key)
      changed()
    },
    clear: () => {
      store.clear()
      changed()
    },
  }
}
