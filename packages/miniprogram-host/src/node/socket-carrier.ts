import { WebSocket } from 'ws'
import type { HeaderList, SocketCarrier } from '../core/environment.ts'

/** WebSocket by `ws`, which, unlike a browser's, sends the headers that the app asks for. */
export const socketCarrier: SocketCarrier = ({ url, headers, protocols }, events) => {
  const socket = new WebSocket(url, [...protocols], { headers })
  let received: HeaderList = []
  let opened = false
  let refused = false
  const refuse = (message: string, status?: number): void => {
    if (!opened && !refused) events.refused(message, status)
    refused = true
  }
  socket.on('upgrade', (response) => {
    received = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  })
  socket.on('open', () => {
    opened = true
    events.open(received)
  })
  socket.on('message', (data: Buffer, isBinary) => events.message(isBinary ? new Uint8Array(data) : String(data)))
  socket.on('unexpected-response', (_, { statusCode }) => {
    refuse(`the server answered ${statusCode}`, statusCode)
    socket.terminate()
  })
  socket.on('error', (error) => refuse(error.message))
  socket.on('close', (code, reason) => opened && events.closed(code, String(reason)))
  return {
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  }
}
