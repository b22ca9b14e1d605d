import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Env } from '../kernel/call.ts'
import type { Simulator } from '../kernel/simulator.ts'
import { membershipOf } from './input.ts'

const HEARTBEAT_MS = 15_000

/** Server-sent events: `{ type, … }` with the members of the item in its list. */
export function events(simulator: Simulator): Hono<Env> {
  return new Hono<Env>().get('/events', (c) => {
    const { world } = membershipOf(c, simulator)
    return streamSSE(c, async (stream) => {
      const unsubscribe = world.events.subscribe((event) => void stream.writeSSE({ data: JSON.stringify(event) }))
      // A comment now and then: the reader gets its headers at once, and a dead connection is noticed.
      const beat = () => void stream.write(': alive\n\n')
      const heart = setInterval(beat, HEARTBEAT_MS).unref()
      beat()
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      clearInterval(heart)
      unsubscribe()
    })
  })
}
