import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Line } from '../automator/line.ts'
import { HostError } from '../core/errors.ts'
import type { RunOptions } from '../core/run-options.ts'
import { type AutomatorServerOptions, openAutomatorServer } from '../node/automator-server.ts'
import { readBuild } from '../node/build.ts'
import { openProject } from '../node/project.ts'
import { createPreviewApp, type PreviewState } from './app.ts'
import { AUTOMATOR_PATH } from './browser/frames.ts'
import { SOCKET_PATH } from './browser/sockets.ts'
import { createSocketCarry } from './carry-socket.ts'
import { createFunctionScripts } from './function-scripts.ts'
import { followBuild } from './rebuild.ts'
import { createRelay } from './relay.ts'
import { acceptSockets, type Sockets } from './sockets.ts'

export interface PreviewOptions {
  project: string
  /** 0 takes a free port. */
  port: number
  apiUrl?: string
  simulatorUrl?: string
  appid?: string
  /** How a page starts that was opened without an address of its own. */
  run?: RunOptions
  /** Opens the port of miniprogram-automator, which drives the page that was opened last. */
  automator?: AutomatorServerOptions
  /** For a launched browser: as in Node, requests go anywhere, and a rebuild is not followed. */
  launched?: boolean
  /** Told of a build that could not be read (the page keeps the last good one), and what a build is warned of. */
  onProblem?(message: string): void
}

export interface Preview {
  url: string
  port: number
  appid: string
  automator: { wsEndpoint: string; openLine(): Line } | undefined
  close(): Promise<void>
}

/** Serves the page that shows the mini-program in a phone, on the loopback address. */
export async function servePreview(options: PreviewOptions): Promise<Preview> {
  const state = await createState(options)
  for (const sentence of state.build.warnings) options.onProblem?.(sentence)
  const server = await listen(createPreviewApp(state), options.port)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const sockets = acceptSockets(server)
  sockets.at(SOCKET_PATH, createSocketCarry(state.targets))
  const closings: (() => void | Promise<void>)[] = [() => closeServer(server), sockets.close]
  if (!options.launched) closings.push(followBuild(state, options.onProblem))
  const close = async (): Promise<void> => {
    for (const end of closings.reverse()) await end()
  }
  try {
    const automator = options.automator && (await openRelay(options.automator, state, sockets, url))
    if (automator) closings.push(automator.close)
    return { url, port, appid: state.appid, automator, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function createState(options: PreviewOptions): Promise<PreviewState> {
  const { root, appid } = openProject(options.project)
  const { apiUrl, simulatorUrl } = options
  const known = options.appid ?? appid ?? (simulatorUrl && (await simulatorAppid(simulatorUrl)))
  if (!known && simulatorUrl) refuseOrTell(options, simulatorUrl)
  return {
    root,
    build: readBuild(root),
    appid: known || 'touristappid',
    apiUrl,
    simulatorUrl,
    targets: options.launched ? undefined : [apiUrl, simulatorUrl].filter((target) => target !== undefined),
    run: { extConfig: { apiBaseUrl: apiUrl, simulatorUrl }, ...options.run },
    automator: options.automator !== undefined,
    functions: createFunctionScripts(),
    reloads: new Set(),
  }
}

/** The automator's port, and the way from there to the pages. */
async function openRelay(options: AutomatorServerOptions, state: PreviewState, sockets: Sockets, url: string) {
  const automator = await openAutomatorServer(options)
  const { add, openLine } = createRelay({ url, functions: state.functions, emit: automator.emit })
  automator.serve(openLine)
  sockets.at(AUTOMATOR_PATH, add)
  return { wsEndpoint: automator.wsEndpoint, openLine, close: automator.close }
}

async function simulatorAppid(simulatorUrl: string): Promise<string | undefined> {
  const answer = await fetch(new URL('/_sim/merchant', simulatorUrl)).catch(() => undefined)
  return answer?.ok ? (await answer.json()).appid : undefined
}

/** Whoever only looks at an app needs no simulator; a test that names one means it. */
function refuseOrTell({ launched, onProblem }: PreviewOptions, simulatorUrl: string): void {
  const sentence = `No appid: put one into project.config.json, or start the simulator at ${simulatorUrl}.`
  if (launched) throw new HostError(sentence)
  onProblem?.(`${sentence} Until then nobody can log in or pay.`)
}

function listen(app: ReturnType<typeof createPreviewApp>, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new HostError(`Port ${port} is taken: stop what listens there, or give another --port.`) : error)
    })
  })
}

function closeServer(server: ServerType): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
