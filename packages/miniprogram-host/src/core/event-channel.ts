import type { AppFunction } from './environment.ts'
import { callBack } from './failures.ts'
import type { Host } from './host.ts'
import { isRecord } from './json.ts'

export interface EventChannel {
  on(event: string, listener: AppFunction): void
  once(event: string, listener: AppFunction): void
  off(event: string, listener?: AppFunction): void
  emit(event: string, ...args: unknown[]): void
}

interface Registration {
  event: string
  listener: AppFunction
  isOnce: boolean
}

/**
 * The two ends of the line between a page and the one that it opens: what one emits, the other hears.
 * https://developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel.html
 */
export function createEventChannels(host: Host, events: unknown): { opener: EventChannel; opened: EventChannel } {
  const atOpener: Registration[] = []
  const atOpened: Registration[] = []
  const opener = createEnd(host, atOpener, atOpened)
  for (const [event, listener] of Object.entries(isRecord(events) ? events : {})) {
    if (typeof listener === 'function') opener.on(event, listener as AppFunction)
  }
  return { opener, opened: createEnd(host, atOpened, atOpener) }
}

function createEnd(host: Host, mine: Registration[], theirs: Registration[]): EventChannel {
  const remove = (list: Registration[], isGone: (one: Registration) => boolean): void => {
    for (const gone of list.filter(isGone)) list.splice(list.indexOf(gone), 1)
  }
  return {
    on: (event, listener) => void mine.push({ event, listener, isOnce: false }),
    once: (event, listener) => void mine.push({ event, listener, isOnce: true }),
    off: (event, listener) =>
      remove(mine, (one) => one.event === event && (listener === undefined || one.listener === listener)),
    emit: (event, ...args) => {
      const told = theirs.filter((one) => one.event === event)
      remove(theirs, (one) => one.isOnce && told.includes(one))
      for (const { listener } of told) callBack(host, listener, ...args)
    },
  }
}
