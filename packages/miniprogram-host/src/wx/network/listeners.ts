import type { AppFunction } from '../../core/environment.ts'
import { callBack } from '../../core/failures.ts'
import type { Host } from '../../core/host.ts'

export interface Listeners<Event extends string> {
  /** `onX` and `offX` for each event; without a function `offX` removes all. */
  methods: Record<string, AppFunction>
  /** The value must be made of objects of the app's realm already. */
  tell(event: Event, value?: unknown): void
}

export function createListeners<Event extends string>(host: Host, events: readonly Event[]): Listeners<Event> {
  const sets = new Map<Event, Set<unknown>>()
  const methods: Record<string, AppFunction> = {}
  for (const event of events) {
    const listeners = new Set<unknown>()
    sets.set(event, listeners)
    methods[`on${event}`] = (listener) => void listeners.add(listener)
    methods[`off${event}`] = (listener) => {
      if (typeof listener === 'function') listeners.delete(listener)
      else listeners.clear()
    }
  }
  return {
    methods,
    tell: (event, value) => {
      for (const listener of sets.get(event) ?? []) callBack(host, listener, value)
    },
  }
}
