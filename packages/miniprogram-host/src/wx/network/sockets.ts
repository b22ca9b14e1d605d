import type { AppFunction } from '../../core/environment.ts'
import { callBack } from '../../core/failures.ts'
import type { Host } from '../../core/host.ts'
import { isRecord } from '../../core/json.ts'
import { asyncApi, failureOf, type Options, WxFailure } from '../contract.ts'
import { toFailure } from './failures.ts'
import { reach } from './reach.ts'
import { SOCKET_EVENTS, SOCKET_STATES, type SocketEvent } from './socket-line.ts'
import { createSocket, type Socket, type SocketTask } from './socket-task.ts'

/** 「1.7.0 及以上版本，最多可以同时存在 5 个 WebSocket 连接」 */
const CONNECTIONS_MAX = 5

interface Sockets {
  nextId: number
  open: Set<number>
  /** The connection that the global forms mean. GUESS: the newest one. */
  latest: Socket | undefined
  /** The global forms keep one function each; a later one takes its place. */
  listeners: Partial<Record<SocketEvent, unknown>>
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/websocket/wx.connectSocket.html, and the old global forms. */
export function socketApis(host: Host): Record<string, AppFunction> {
  const sockets: Sockets = { nextId: 1, open: new Set(), latest: undefined, listeners: {} }
  const latest = (): Socket => {
    if (!sockets.latest) throw new WxFailure('WebSocket is not connected')
    return sockets.latest
  }
  const apis: Record<string, AppFunction> = {
    connectSocket: (given) => connectSocket(host, sockets, isRecord(given) ? given : {}),
    sendSocketMessage: asyncApi(host, 'sendSocketMessage', (options) => latest().send(options)),
    closeSocket: asyncApi(host, 'closeSocket', (options) => latest().close(options)),
  }
  for (const event of SOCKET_EVENTS) {
    apis[`onSocket${event}`] = (listener) => {
      sockets.listeners[event] = listener
    }
  }
  return apis
}

function connectSocket(host: Host, sockets: Sockets, options: Options): SocketTask {
  const socket = createSocket(host)
  const tell = (event: SocketEvent, value: unknown): void => {
    socket.tell(event, value)
    callBack(host, sockets.listeners[event], value)
  }
  const answer = (callback: unknown, result: Options): void => {
    callBack(host, callback, host.env.logic.adopt(result))
    callBack(host, options.complete, host.env.logic.adopt(result))
  }
  const id = sockets.nextId++
  // Later, so that the app has its task, and listeners on it, before anything is told.
  queueMicrotask(() => {
    try {
      enter(host, sockets, { id, socket, options, tell })
      answer(options.success, { errMsg: 'connectSocket:ok', socketTaskId: id })
    } catch (error) {
      socket.task.readyState = SOCKET_STATES.CLOSED
      sockets.open.delete(id)
      const failure = toFailure(error)
      answer(options.fail, failureOf('connectSocket', failure))
      tell('Error', host.env.logic.adopt({ errMsg: failureOf('createSocketTask', failure).errMsg }))
    }
  })
  return socket.task
}

interface Newcomer {
  id: number
  socket: Socket
  options: Options
  tell(event: SocketEvent, value: unknown): void
}

function enter(host: Host, sockets: Sockets, { id, socket, options, tell }: Newcomer): void {
  const url = reach(host, 'socket', options.url)
  if (sockets.open.size >= CONNECTIONS_MAX) throw new WxFailure(`wcwss taskID=${id} exceed max concurrent count`)
  sockets.open.add(id)
  sockets.latest = socket
  socket.connect({ url, options, tell, left: () => sockets.open.delete(id) })
}
