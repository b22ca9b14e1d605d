import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** `going`: what is held has not arrived yet. `coming`: it has had its effect, and its answer waits. */
export type Way = 'going' | 'coming'

export interface Held {
  /** Until the call is there and waits. */
  readonly arrived: Promise<void>
  /** It goes on. */
  release(): void
  /** It breaks off where it is. */
  lose(): void
}

interface Rule extends Held {
  readonly call: RegExp
  readonly way: Way
  isTaken: boolean
  arrive(): void
  /** Whether it goes on. */
  readonly over: Promise<boolean>
}

const NOT_PASSED_ON = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'])

/** What lies between a phone and a server: lets everything through but the calls that it was told to hold. */
export type Gate = Awaited<ReturnType<typeof openGate>>

export async function openGate(target: string) {
  const rules = new Set<Rule>()
  async function passes(call: string, way: Way): Promise<boolean> {
    const rule = [...rules].find((one) => !one.isTaken && one.way === way && one.call.test(call))
    if (!rule) return true
    rule.isTaken = true
    rule.arrive()
    return rule.over
  }
  async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const call = `${request.method} ${request.url}`
    const answer = (await passes(call, 'going')) && (await send(target, request, body))
    if (!answer || !(await passes(call, 'coming'))) return void response.destroy()
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }
  // A phone that dies in the middle, or a server that does: the line is dead.
  const server = createServer((request, response) => {
    carry(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const open = (): void => {
    for (const rule of rules) rule.release()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Holds the next such call; `call` is tried on `POST /api/orders`. */
    hold(call: RegExp, way: Way): Held {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
      const { promise: over, resolve } = Promise.withResolvers<boolean>()
      const end = (goesOn: boolean) => () => {
        rules.delete(rule)
        resolve(goesOn)
      }
      const rule: Rule = { call, way, isTaken: false, arrived, arrive, over, release: end(true), lose: end(false) }
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
