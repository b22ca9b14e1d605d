import type { WebSocket } from 'ws'
import type { CarriedSocket, SocketCarrier, SocketRequest } from '../core/environment.ts'
import { socketCarrier } from '../node/socket-carrier.ts'
import type { FromServer, ToServer } from './browser/sockets.ts'

/** Carries one `wx.connectSocket` for the page; only to the hosts that requests are carried to. */
export function createSocketCarry(targets: readonly string[] | undefined) {
  const allowed = targets && new Set(targets.map((target) => new URL(target).host))
  return (page: WebSocket): void => {
    let carried: CarriedSocket | undefined
    const tell = (frame: FromServer): void => page.send(JSON.stringify(frame))
    page.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        carried?.send(new Uint8Array(data))
        return
      }
      const frame: ToServer = JSON.parse(String(data))
      if ('text' in frame) carried?.send(frame.text)
      else if ('close' in frame) carried?.close(frame.close.code, frame.close.reason)
      else if (allowed && !allowed.has(hostOf(frame.connect))) {
        tell({ refused: `the preview connects only to ${[...allowed].join(' and ')}`, status: undefined })
      } else carried = socketCarrier(frame.connect, eventsFor(page, tell))
    })
    page.on('close', () => carried?.cut())
  }
}

const hostOf = ({ url }: SocketRequest): string => (URL.canParse(url) ? new URL(url).host : '')

const eventsFor = (page: WebSocket, tell: (frame: FromServer) => void): Parameters<SocketCarrier>[1] => ({
  open: (headers) => tell({ open: headers }),
  message: (data) => (typeof data === 'string' ? tell({ text: data }) : page.send(data)),
  refused: (refused, status) => tell({ refused, status }),
  closed: (code, reason) => tell({ closed: { code, reason } }),
})
