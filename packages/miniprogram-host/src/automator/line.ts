import type { Host } from '../core/host.ts'
import { createSession, type Parameters } from './handles.ts'
import { handle } from './protocol.ts'

/** One client's line to a running app: requests in, results out; what is refused is thrown. */
export interface Line {
  ask(method: string, parameters?: Parameters): Promise<unknown>
  /** The client has gone. */
  end(): void
}

export function openLine(host: Host): Line {
  const session = createSession(host)
  return { ask: (method, parameters = {}) => handle(session, method, parameters), end: () => {} }
}
