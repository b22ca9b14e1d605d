import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PostgresError } from '@shouyin/dev-postgres'
import { banner } from './banner.ts'
import { prepareDataDir } from './data-dir.ts'
import { type House, openHouse } from './house.ts'
import { endLeftovers } from './leftovers.ts'
import { requireFree } from './ports.ts'
import { Problem } from './problem.ts'
import { readSettings, type Settings } from './settings.ts'
import { stopRequested } from './stop-requested.ts'

/** Runs `pnpm dev` to its end; resolves to the exit code. */
export async function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const stopped = stopRequested()
  let house: House | undefined
  try {
    const startedAt = performance.now()
    const settings = readSettings(args, env)
    const first = !existsSync(join(settings.dataDir, 'simulator.json'))
    await prepare(settings)
    house = openHouse(settings)
    const started = await Promise.race([house.start(), house.crashed, stopped])
    if (started) {
      console.log(banner(settings, (performance.now() - startedAt) / 1000, first, started.note))
      await Promise.race([house.crashed, stopped])
    }
    await house.stop()
    return 0
  } catch (error) {
    await house?.stop()
    console.error(error instanceof Problem || error instanceof PostgresError ? error.message : error)
    return 1
  }
}

async function prepare({ dataDir, serverPort, simulatorPort, previewPort }: Settings): Promise<void> {
  prepareDataDir(dataDir)
  const ended = await endLeftovers(dataDir)
  if (ended.length > 0) console.log(`Ended what a killed run had left: ${ended.join(', ')}.`)
  await requireFree(serverPort, 'SERVER_PORT')
  await requireFree(simulatorPort, 'SIMULATOR_PORT')
  if (previewPort !== undefined) await requireFree(previewPort, 'PREVIEW_PORT')
}
