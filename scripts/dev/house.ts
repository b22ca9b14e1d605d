import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, type Script, startChild } from './child.ts'
import { openDatabase } from './database.ts'
import { keep } from './keep.ts'
import { provideKeys } from './keys.ts'
import { describeOurselves, removeRecord, writeRecord } from './leftovers.ts'
import { provideMerchantKeys } from './merchant-keys.ts'
import { Problem } from './problem.ts'
import { answers, until } from './ready.ts'
import { provideCard } from './sample-card.ts'
import { providePlan } from './sample-plan.ts'
import { localUrl, preview, server, shellLines, simulator, weapp, weappFolder } from './services.ts'
import type { Settings } from './settings.ts'

const START_TIMEOUT_MS = 60_000
const BUILD_TIMEOUT_MS = 180_000

/** Everything that `pnpm dev` runs. `crashed` rejects when a part of it ends by itself. */
export type House = { start(): Promise<{ note?: string }>; crashed: Promise<never>; stop(): Promise<void> }

export function openHouse(settings: Settings): House {
  const { dataDir, serverPort, simulatorPort, previewPort } = settings
  const record = describeOurselves(settings)
  writeRecord(dataDir, record)
  const crash = Promise.withResolvers<never>()
  crash.promise.catch(() => {}) // whoever waits for it gets it; nobody may be waiting
  const children: Child[] = []
  let database: ReturnType<typeof openDatabase> | undefined
  let closing = false

  function launch(script: Script): void {
    if (closing) return
    const child = startChild(script, dataDir)
    children.push(child)
    if (child.identity) record.children.push({ name: child.name, ...child.identity })
    writeRecord(dataDir, record)
    child.ended.then((how) => crash.reject(crashOf(child, how, dataDir)))
  }

  async function start(): Promise<{ note?: string }> {
    const [note] = await Promise.all([startServer(), previewPort === undefined ? undefined : startPreview(previewPort)])
    return note === undefined ? {} : { note }
  }

  async function startServer(): Promise<string | undefined> {
    database = openDatabase(settings)
    const [{ url, note }, keys] = await Promise.all([database, startSimulator()])
    const script = server(settings, url, keys)
    keep(dataDir, 'server.env', shellLines(script.env))
    launch(script)
    await answers(`${localUrl(serverPort)}/readyz`, 'the server', START_TIMEOUT_MS)
    const { dev } = await provideMerchantKeys(localUrl(serverPort), url, dataDir)
    const noPlan = await providePlan(localUrl(serverPort), dev)
    const noCard = await provideCard(localUrl(serverPort), localUrl(simulatorPort), dev)
    return [note, noPlan, noCard].filter((text) => text !== undefined).join('. ') || undefined
  }

  async function startSimulator(): Promise<Record<string, string>> {
    launch(simulator(settings))
    await answers(`${localUrl(simulatorPort)}/_sim/health`, 'the simulator', START_TIMEOUT_MS)
    return provideKeys(localUrl(simulatorPort), dataDir)
  }

  async function startPreview(port: number): Promise<void> {
    const built = join(weappFolder, 'app.json')
    rmSync(built, { force: true }) // an earlier build may call other ports
    launch(weapp(settings))
    await until(() => existsSync(built), 'the mini-program is not built', BUILD_TIMEOUT_MS)
    launch(preview(settings, port))
    await answers(localUrl(port), 'the preview page', START_TIMEOUT_MS)
  }

  async function stop(): Promise<void> {
    closing = true
    await Promise.all(children.map((child) => child.stop()))
    await (await database?.catch(() => undefined))?.stop()
    removeRecord(dataDir)
  }

  return { start, crashed: crash.promise, stop }
}

function crashOf({ name, lastLines }: Child, how: string, dataDir: string): Problem {
  const log = join(dataDir, 'logs', `${name}.log`)
  return new Problem(`${lastLines()}\n${name} ended ${how}, so everything was stopped: see ${log}`)
}
