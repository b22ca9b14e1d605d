import type { Parameters } from '../../automator/handles.ts'
import { type Line, openLine } from '../../automator/line.ts'
import { describeError } from '../../core/errors.ts'
import type { Host } from '../../core/host.ts'
import { AUTOMATOR_PATH, type FromPage, type ToPage } from './frames.ts'

export interface PageAutomator {
  emit(event: string, parameters: Parameters): void
  /** Requests wait until there is a host, or until it is clear that there will be none. */
  serve(host: Host): void
  fail(error: unknown): void
}

/** Lets automator clients drive this page, by way of the preview server. */
export function connectAutomator(): PageAutomator {
  const socket = new WebSocket(new URL(AUTOMATOR_PATH, location.href.replace(/^http/, 'ws')))
  const open = new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const { promise: started, resolve: serve, reject: fail } = Promise.withResolvers<Host>()
  // Nobody may ask.
  started.catch(() => {})
  const lines = new Map<number, Promise<Line>>()
  const send = async (frame: FromPage): Promise<void> => {
    await open
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }
  const lineOf = (client: number): Promise<Line> => {
    const line = lines.get(client) ?? started.then(openLine)
    lines.set(client, line)
    return line
  }
  socket.addEventListener('message', async ({ data }) => {
    const frame: ToPage = JSON.parse(data)
    if ('left' in frame) {
      lines.delete(frame.left)
      return
    }
    const { sequence, client, method, parameters } = frame
    try {
      await send({ sequence, result: await (await lineOf(client)).ask(method, parameters) })
    } catch (error) {
      await send({ sequence, error: describeError(error).message })
    }
  })
  return { emit: (event, parameters) => void send({ event, parameters }), serve, fail }
}
