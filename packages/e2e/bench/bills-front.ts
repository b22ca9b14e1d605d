import { createReadStream } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Stands in front of the simulator and serves one file in place of its downloads: what makes a million rows should not
 * be measured with what reads them. Everything else passes through, `Host` too, so that download_url is here.
 */
export async function startFront(simulatorUrl: string, file: string) {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/v3/billdownload/')) {
      outgoing.writeHead(200, { 'Content-Type': 'application/x-gzip' })
      createReadStream(file).pipe(outgoing)
      return
    }
    const { method, headers, url } = incoming
    const passed = request(new URL(url ?? '/', simulatorUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
