import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Launched, type LaunchOptions, launch, openBrowser } from '@shouyin/miniprogram-host'
import automator from 'miniprogram-automator'
import { createHand } from '../devtools/hand.ts'
import { buildOnce } from './build-once.ts'

const APP = fileURLToPath(new URL('../../../apps/miniprogram/', import.meta.url))
const CONTRACTS = fileURLToPath(new URL('../../contracts/src/', import.meta.url))
const OUTPUT = 'dist/e2e'

/** A development build, which asks its host for the addresses; one for all test files, made anew when a source is newer. */
export const buildMiniprogram = (): Promise<string> => {
  const sources = [...['src', 'config', 'babel.config.js'].map((name) => path.join(APP, name)), CONTRACTS]
  const kept = { output: path.join(APP, OUTPUT), sources, lock: path.join(APP, 'dist/.e2e-build') }
  return buildOnce(kept, async () => {
    execFileSync(process.execPath, ['build.mjs', '--once-dev', '--output', OUTPUT], { cwd: APP, stdio: 'inherit' })
  })
}

interface Surroundings {
  simulated: { url: string }
  servers: readonly { url: string }[]
}

/** What a build is told by its host: where our API and the local WeChat Pay are. */
export const addressesOf = ({ simulated, servers }: Surroundings) => ({
  apiBaseUrl: servers[0]?.url ?? '',
  simulatorUrl: simulated.url,
})

export type Mode = 'node' | 'chromium'

let browser: ReturnType<typeof openBrowser> | undefined

/** All phones of a test file share one Chromium, which its `afterAll` closes. Without one there is nothing to do. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

/** A phone with the mini-program open, driven by WeChat's own client. */
export type Phone = Awaited<ReturnType<typeof openPhone>>

export async function openPhone(house: Surroundings, options: Partial<LaunchOptions> & { mode: Mode }) {
  if (options.mode === 'chromium') browser ??= openBrowser()
  const launched: Launched = await launch({
    project: options.project ?? (await buildMiniprogram()),
    simulatorUrl: house.simulated.url,
    extConfig: addressesOf(house),
    ...(browser && { browser: await browser }),
    ...options,
  })
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  const hand = createHand(mini)
  return {
    ...hand,
    launched,
    mini,
    text: async (selector: string) => (await hand.find(selector)).text(),
    close: async () => {
      mini.disconnect()
      await launched.close()
    },
  }
}
