import { adoptBytes } from '../../core/bytes.ts'
import type { CarriedSocket, SocketEvents } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import type { Cut } from '../../core/network.ts'
import type { Options } from '../contract.ts'
import { requestHeaders } from './headers.ts'
import { timeoutOf } from './timeouts.ts'

export const SOCKET_STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const
export const SOCKET_EVENTS = ['Open', 'Message', 'Close', 'Error'] as const
export type SocketEvent = (typeof SOCKET_EVENTS)[number]

export interface Line {
  url: string
  options: Options
  task: { readyState: number }
  tell(event: SocketEvent, value: unknown): void
  /** It does not count among the open ones any longer. */
  left(): void
}

const NORMAL = { code: 1000, reason: 'normal closure' }
const ABNORMAL = { code: 1006, reason: 'abnormal closure' }
const INTERRUPTED = { code: 1000, reason: 'interrupted' }

/** The words are those that WeChat's community quotes from phones. GUESS: no close event follows. */
const openFailure = (code: number, text: string) => ({ errMsg: `exception onOpen fail code:${code}, msg:${text}` })
const UNREACHABLE = openFailure(2, 'Underlying Transport Error')
const TIMED_OUT = openFailure(9, 'Timer Expired')
const NO_UPGRADE = openFailure(20, 'Invalid HTTP status.')

/** Opens the connection, with a time-out until it is open, and tells the task what becomes of it. */
export function openLine(host: Host, { url, options, task, tell, left }: Line): CarriedSocket {
  const { logic, window } = host.env
  const finish = (event: 'Close' | 'Error', value: Options): void => {
    if (task.readyState === SOCKET_STATES.CLOSED) return
    task.readyState = SOCKET_STATES.CLOSED
    window.clearTimeout(timer)
    host.network.underWay.delete(end)
    left()
    tell(event, logic.adopt(value))
  }
  const end = (cut: Cut): void => {
    if (cut === 'closed') task.readyState = SOCKET_STATES.CLOSED
    finish('Close', cut === 'suspended' ? INTERRUPTED : ABNORMAL)
    line.cut()
  }
  const events: SocketEvents = {
    open: (headers) => {
      if (task.readyState !== SOCKET_STATES.CONNECTING) return
      task.readyState = SOCKET_STATES.OPEN
      window.clearTimeout(timer)
      tell('Open', logic.adopt({ header: Object.fromEntries(headers) }))
    },
    message: (data) => {
      const content = typeof data === 'string' ? data : adoptBytes(logic, data)
      if (task.readyState !== SOCKET_STATES.CLOSED) tell('Message', Object.assign(logic.adopt({}), { data: content }))
    },
    refused: (_, status) => finish('Error', status === undefined ? UNREACHABLE : NO_UPGRADE),
    closed: (code, reason) => {
      const { reason: usual } = code === ABNORMAL.code ? ABNORMAL : NORMAL
      finish('Close', { code, reason: reason || usual })
    },
  }
  const protocols = Array.isArray(options.protocols) ? options.protocols.map(String) : []
  const line = host.env.sockets({ url, headers: requestHeaders(host, options.header), protocols }, events)
  const expire = (): void => {
    finish('Error', TIMED_OUT)
    line.cut()
  }
  const timer = window.setTimeout(expire, timeoutOf(host, 'connectSocket', options))
  host.network.underWay.add(end)
  return line
}
