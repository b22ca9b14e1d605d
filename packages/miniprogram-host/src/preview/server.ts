import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { HostError } from '../core/errors.ts'
import { type Build, readBuild } from '../node/build.ts'
import { openProject } from '../node/project.ts'
import { createPreviewApp, type PreviewState } from './app.ts'
import { watchFolder } from './watch.ts'

export interface PreviewOptions {
  project: string
  /** 0 takes a free port. */
  port: number
  apiUrl: string
  simulatorUrl: string
  appid?: string
  /** Told of a build that could not be read; the page keeps the last good one. */
  onProblem?(message: string): void
}

export interface Preview {
  url: string
  port: number
  close(): Promise<void>
}

/** Serves the page that shows the mini-program in a phone, on the loopback address. */
export async function servePreview(options: PreviewOptions): Promise<Preview> {
  const project = openProject(options.project)
  const state: PreviewState = {
    root: project.root,
    build: readBuild(project.root),
    appid: options.appid ?? project.appid ?? (await simulatorAppid(options.simulatorUrl)),
    apiUrl: options.apiUrl,
    simulatorUrl: options.simulatorUrl,
    reloads: new Set(),
  }
  const stopWatching = watchFolder(project.root, () => refresh(state, options.onProblem))
  const server = await listen(createPreviewApp(state), options.port)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      stopWatching()
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function refresh(state: PreviewState, onProblem: PreviewOptions['onProblem']): void {
  let build: Build
  try {
    build = readBuild(state.root)
    if (build.files['app.json'] === undefined || isSame(build, state.build)) return
  } catch (error) {
    onProblem?.(String(error instanceof Error ? error.message : error))
    return
  }
  state.build = build
  for (const reload of state.reloads) reload()
}

/** A bundler in watch mode writes what it wrote before; that is no reason to throw a shopper back to the start. */
const isSame = (one: Build, other: Build): boolean => JSON.stringify(one.files) === JSON.stringify(other.files)

async function simulatorAppid(simulatorUrl: string): Promise<string> {
  const answer = await fetch(new URL('/_sim/merchant', simulatorUrl)).catch(() => undefined)
  if (!answer?.ok)
    throw new HostError(`No appid: put one into project.config.json, or start the simulator at ${simulatorUrl}.`)
  return (await answer.json()).appid
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
