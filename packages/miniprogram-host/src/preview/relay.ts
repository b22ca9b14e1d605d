import type { WebSocket } from 'ws'
import type { Parameters } from '../automator/handles.ts'
import type { Line } from '../automator/line.ts'
import { HostError } from '../core/errors.ts'
import type { FromPage, ToPage } from './browser/frames.ts'
import type { FunctionScripts } from './function-scripts.ts'

export interface RelayOptions {
  /** Where a person opens the page. */
  url: string
  functions: FunctionScripts
  /** What happened in the page, for every client. */
  emit(event: string, parameters: Parameters): void
  /** Time to open a page, or to load it anew, before a request is refused. */
  pageWaitMs?: number
}

export interface Relay {
  add(socket: WebSocket): void
  openLine(): Line
}

const PAGE_WAIT_MS = 10_000

/** Hands the requests of automator clients to the page that was opened last, and its answers back. */
export function createRelay({ url, functions, emit, pageWaitMs = PAGE_WAIT_MS }: RelayOptions): Relay {
  const pages: Page[] = []
  const waiting = new Set<() => void>()
  let nextClient = 1
  const currentPage = async (): Promise<Page> => {
    if (pages.length === 0) await inTime(waiting, pageWaitMs)
    const page = pages.at(-1)
    if (!page) throw new HostError(`No page is open to answer: open ${url} in a browser.`)
    return page
  }
  return {
    add: (socket) => {
      const page = createPage(socket, (event, parameters) => {
        if (page === pages.at(-1)) emit(event, parameters)
      })
      pages.push(page)
      socket.on('close', () => pages.splice(pages.indexOf(page), 1))
      for (const wake of waiting) wake()
    },
    openLine: () => {
      const client = nextClient++
      return {
        ask: async (method, given = {}) => {
          const page = await currentPage()
          const { parameters, withdraw } = offerFunction(functions, given)
          return page.ask({ client, method, parameters }).finally(withdraw)
        },
        end: () => {
          for (const page of pages) page.send({ left: client })
        },
      }
    },
  }
}

/** The page forbids eval: in place of a function's source it gets the address under which it is served once. */
function offerFunction(functions: FunctionScripts, parameters: Parameters) {
  const { functionDeclaration } = parameters
  if (typeof functionDeclaration !== 'string') return { parameters, withdraw: () => {} }
  const address = functions.offer(functionDeclaration)
  return {
    parameters: { ...parameters, functionDeclaration: address },
    withdraw: () => void functions.take(address),
  }
}

function inTime(waiting: Set<() => void>, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      waiting.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, waitMs)
    waiting.add(wake)
  })
}

interface Page {
  send(frame: ToPage): void
  ask(request: { client: number; method: string; parameters: Parameters }): Promise<unknown>
}

function createPage(socket: WebSocket, emit: RelayOptions['emit']): Page {
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  let nextSequence = 1
  const send = (frame: ToPage): void => socket.send(JSON.stringify(frame))
  socket.on('message', (data) => {
    const frame: FromPage = JSON.parse(String(data))
    if ('event' in frame) {
      emit(frame.event, frame.parameters)
      return
    }
    const asked = pending.get(frame.sequence)
    pending.delete(frame.sequence)
    if ('error' in frame) asked?.reject(new HostError(frame.error))
    else asked?.resolve(frame.result)
  })
  socket.on('close', () => {
    const gone = new HostError('The page was closed or loaded anew before it answered: ask again.')
    for (const { reject } of pending.values()) reject(gone)
  })
  return {
    send,
    ask: (request) => {
      const sequence = nextSequence++
      const asked = Promise.withResolvers<unknown>()
      pending.set(sequence, asked)
      send({ sequence, ...request })
      return asked.promise
    },
  }
}
