import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { createApp } from './app.ts'
import { makeSimulator } from './kernel/simulator.ts'
import { DataFile } from './kernel/snapshot.ts'

export { DataFileError } from './kernel/snapshot.ts'
export { type GeneratedBill, generateTradeRows } from './products/bills/model/generate.ts'

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Where keys, orders and notifications are kept; without it they live as long as the process. */
  readonly dataFile?: string
}

export interface RunningSimulator {
  /** Base URL of WeChat Pay and of api.weixin.qq.com. */
  readonly url: string
  readonly port: number
  /** Ends every connection and writes the data file. */
  close(): Promise<void>
}

// The real gateway announces and keeps 8 s.
const KEEP_ALIVE_MS = 8000

/**
 * Starts a local WeChat Pay in this process.
 * @throws DataFileError; an Error with `code` EADDRINUSE when the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', dataFile: path } = options
  const { simulator, dataFile } =
    path === undefined ? { simulator: await makeSimulator(), dataFile: undefined } : await DataFile.open(path)
  const app = createApp(simulator, () => dataFile?.touch())
  const server = serve({ fetch: app.fetch, port, hostname: host, overrideGlobalObjects: false })
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
    for (const world of simulator.worlds) world.stop()
  }
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('listening', resolve)
      server.once('error', reject)
    })
    // Only now: a second start on the same port and file must leave the file of the first alone.
    await dataFile?.write()
  } catch (error) {
    await stop()
    throw error
  }
  const address = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    async close() {
      await stop()
      await dataFile?.close()
    },
  }
}
