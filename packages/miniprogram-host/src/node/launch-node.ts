import { openLine } from '../automator/line.ts'
import { settle } from '../core/start.ts'
import { openAutomatorServer } from './automator-server.ts'
import { boot } from './boot.ts'
import type { LaunchedInNode, LaunchOptions } from './launch.ts'
import { createEnd, createLaunched } from './launched.ts'

/** The build in this process: jsdom, a vm realm, and the automator's port. */
export async function launchInNode(options: LaunchOptions): Promise<LaunchedInNode> {
  const server = await openAutomatorServer({
    port: options.port ?? 0,
    own: { 'Tool.close': () => void setImmediate(end.now) },
    onClients: options.onClients,
  })
  let stop = (): void => {}
  const end = createEnd(async () => {
    stop()
    await server.close()
  })
  try {
    const { host, stop: stopHost } = await boot(options, server.emit)
    stop = stopHost
    server.serve(() => openLine(host))
    await settle(host)
    return { ...createLaunched(openLine(host), server.wsEndpoint, end), host }
  } catch (error) {
    await end.now()
    throw error
  }
}
