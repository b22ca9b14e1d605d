import { nodeTransport, type Transport } from '@shouyin/wechatpay-core'

/** A creation on its way out, its answer on the way back, or the answer to a question. */
export type Place = 'out' | 'back' | 'from a query'

interface Gate {
  readonly opened: Promise<void>
  arrived(): void
}

/** A line so slow that a request may wait on its way out, and an answer on its way back. */
export function slowLine({ creates, queries }: { readonly creates: string; readonly queries: string }) {
  const wire = nodeTransport()
  const gates = new Map<Place, Gate>()
  const pass = async (place: Place) => {
    const gate = gates.get(place)
    gate?.arrived()
    await gate?.opened
  }
  const transport: Transport = {
    async send(request) {
      const isCreation = request.method === 'POST' && request.target === creates
      if (isCreation) await pass('out')
      const answer = await wire.send(request)
      if (isCreation) await pass('back')
      if (request.method === 'GET' && request.target.startsWith(queries)) await pass('from a query')
      return answer
    },
    close: () => wire.close?.(),
  }
  return {
    transport,
    /** Whoever comes there next waits; later ones pass. */
    shut(place: Place) {
      const [opened, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      gates.set(place, {
        opened: opened.promise,
        arrived: () => {
          gates.delete(place)
          arrived.resolve()
        },
      })
      return { arrived: arrived.promise, open: opened.resolve }
    },
    clear: () => gates.clear(),
  }
}
