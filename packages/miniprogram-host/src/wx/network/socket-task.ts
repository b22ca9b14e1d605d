import { takeBytes } from '../../core/bytes.ts'
import type { CarriedSocket } from '../../core/environment.ts'
import type { Host } from '../../core/host.ts'
import { asyncApi, type Options, WxFailure } from '../contract.ts'
import { createListeners } from './listeners.ts'
import { type Line, openLine, SOCKET_EVENTS, SOCKET_STATES, type SocketEvent } from './socket-line.ts'

export interface SocketTask extends Record<string, unknown> {
  readyState: number
}

/** A task and what moves it; the global forms use `send` and `close` as well. */
export interface Socket {
  task: SocketTask
  tell(event: SocketEvent, value: unknown): void
  connect(line: Omit<Line, 'task'>): void
  send(options: Options): void
  close(options: Options): void
}

/** What `wx.connectSocket` returns: https://developers.weixin.qq.com/miniprogram/dev/api/network/websocket/SocketTask.html */
export function createSocket(host: Host): Socket {
  const { methods, tell } = createListeners(host, SOCKET_EVENTS)
  let line: CarriedSocket | undefined
  const task: SocketTask = {
    ...SOCKET_STATES,
    readyState: SOCKET_STATES.CONNECTING,
    ...Object.fromEntries(SOCKET_EVENTS.map((event) => [`on${event}`, methods[`on${event}`]])),
    send: asyncApi(host, 'sendSocketMessage', (options) => send(options), 'callbacks'),
    close: asyncApi(host, 'closeSocket', (options) => close(options), 'callbacks'),
  }
  const send = ({ data }: Options): void => {
    if (!line || task.readyState !== SOCKET_STATES.OPEN) throw new WxFailure('WebSocket is not connected')
    line.send(takeBytes(data) ?? String(data))
  }
  const close = ({ code, reason }: Options): void => {
    if (!line || task.readyState > SOCKET_STATES.OPEN) throw new WxFailure('wcwss taskID not exist')
    task.readyState = SOCKET_STATES.CLOSING
    line.close(Number(code ?? 1000), String(reason ?? ''))
  }
  const connect = (given: Omit<Line, 'task'>): void => {
    line = openLine(host, { ...given, task })
  }
  return { task, tell, connect, send, close }
}
