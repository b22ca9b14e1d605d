import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** `going`: what is held has not arrived yet. `coming`: it has had its effect, and its answer waits. */
export type Way = 'going' | 'coming'

export interface Held {
  /** Until something waits. */
  readonly arrived: Promise<void>
  /** It goes on, and so does whatever comes after it. */
  release(): void
  /** It breaks off where it is; whatever comes after it goes on. */
  lose(): void
}

interface Rule extends Held {
  readonly call: RegExp
  readonly way: Way
  arrive(): void
  /** Whether it goes on. */
  readonly over: Promise<boolean>
}

const NOT_PASSED_ON = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

/** What lies between a phone and a server: lets everything through but what it was told to hold. */
export type Gate = Awaited<ReturnType<typeof openGate>>

export async function openGate(target: string) {
  const rules = new Set<Rule>()
  async function passes(call: string, way: Way): Promise<boolean> {
    for (const rule of rules) {
      if (rule.way !== way || !rule.call.test(call)) continue
      rule.arrive()
      if (!(await rule.over)) return false
    }
    return true
  }
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const call = `${request.method} ${request.url}`
    const answer = (await passes(call, 'going')) && (await send(target, request, body))
    if (!answer || !(await passes(call, 'coming'))) return void response.destroy()
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const open = (): void => {
    for (const rule of rules) rule.release()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Holds every such call from now on; `call` is tried on `POST /api/orders`. */
    hold(call: RegExp, way: Way): Held {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
      const { promise: over, resolve } = Promise.withResolvers<boolean>()
      const end = (goesOn: boolean) => () => {
        rules.delete(rule)
        resolve(goesOn)
      }
      const rule: Rule = { call, way, arrived, arrive, over, release: end(true), lose: end(false) }
      rules.add(rule)
      return rule
    },
    open,
    async close(): Promise<void> {
      open()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function send(target: string, { method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer) {
  const kept = Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.has(name)) as [string, string][]
  const sent = body.length > 0 ? { body: new Uint8Array(body) } : {}
  const answer = await fetch(target + url, { method, headers: kept, ...sent })
  const passed = [...answer.headers].filter(([name]) => !NOT_PASSED_ON.has(name))
  return { status: answer.status, headers: Object.fromEntries(passed), body: Buffer.from(await answer.arrayBuffer()) }
}
