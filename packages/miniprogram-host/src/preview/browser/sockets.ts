import type { HeaderList, SocketCarrier, SocketRequest } from '../../core/environment.ts'

/** Where the page asks for a socket, and what the two ends say there beside the binary messages, as JSON. */
export const SOCKET_PATH = '/-/socket'

export type ToServer = { connect: SocketRequest } | { text: string } | { close: { code: number; reason: string } }

export type FromServer =
  | { open: HeaderList }
  | { text: string }
  | { refused: string; status: number | undefined }
  | { closed: { code: number; reason: string } }

/** `wx.connectSocket` by way of the preview server: a browser's own WebSocket sends no headers of the app. */
export const socketCarrier: SocketCarrier = (request, events) => {
  const socket = new WebSocket(new URL(SOCKET_PATH, location.href.replace(/^http/, 'ws')))
  socket.binaryType = 'arraybuffer'
  let ended = false
  const send = (frame: ToServer): void => socket.send(JSON.stringify(frame))
  socket.addEventListener('open', () => send({ connect: request }))
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== 'string') {
      events.message(new Uint8Array(data))
      return
    }
    const frame: FromServer = JSON.parse(data)
    ended ||= 'refused' in frame || 'closed' in frame
    if ('open' in frame) events.open(frame.open)
    else if ('text' in frame) events.message(frame.text)
    else if ('refused' in frame) events.refused(frame.refused, frame.status)
    else events.closed(frame.closed.code, frame.closed.reason)
  })
  socket.addEventListener('close', () => {
    if (!ended) events.refused('the preview server is gone', undefined)
  })
  return {
    send: (data) => (typeof data === 'string' ? send({ text: data }) : socket.send(data)),
    close: (code, reason) => send({ close: { code, reason } }),
    cut: () => {
      ended = true
      socket.close()
    },
  }
}
