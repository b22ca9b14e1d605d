import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Launched, type LaunchOptions, launch, openBrowser } from '@shouyin/miniprogram-host'
import automator from 'miniprogram-automator'
import { eventually } from './wait.ts'

const APP = fileURLToPath(new URL('../../../apps/miniprogram/', import.meta.url))
const CONTRACTS = fileURLToPath(new URL('../../contracts/src/', import.meta.url))
const OUTPUT = 'dist/e2e'
const LOCK = path.join(APP, 'dist/.e2e-build')
const LOCK_STALE_MS = 240_000

/** A development build, which asks its host for the addresses; one for all test files, made anew when a source is newer. */
export async function buildMiniprogram(): Promise<string> {
  const unlock = await lock()
  try {
    const built = newest(path.join(APP, OUTPUT), /^app\.json$/)
    const sources = [newest(path.join(APP, 'src')), newest(path.join(APP, 'config')), newest(CONTRACTS)]
    if (built < Math.max(...sources)) {
      execFileSync(process.execPath, ['build.mjs', '--once-dev', '--output', OUTPUT], { cwd: APP, stdio: 'inherit' })
    }
    return path.join(APP, OUTPUT)
  } finally {
    unlock()
  }
}

async function lock(): Promise<() => void> {
  mkdirSync(path.join(APP, 'dist'), { recursive: true })
  const take = async (): Promise<boolean> => {
    try {
      mkdirSync(LOCK)
      return true
    } catch {
      const taken = statSync(LOCK, { throwIfNoEntry: false })
      if (taken && Date.now() - taken.mtimeMs > LOCK_STALE_MS) rmdirSync(LOCK)
      return false
    }
  }
  await eventually(take, (taken) => taken, { what: 'the other build of the mini-program', timeoutMs: LOCK_STALE_MS })
  return () => rmdirSync(LOCK)
}

function newest(folder: string, names = /./): number {
  try {
    const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => names.test(name))
    return Math.max(0, ...entries.map((name) => statSync(path.join(folder, name)).mtimeMs))
  } catch {
    return 0
  }
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

/** `HOST_MODE=chromium` runs every journey in Chromium. */
function defaultMode(): Mode {
  const mode = process.env.HOST_MODE || 'node'
  if (mode === 'node' || mode === 'chromium') return mode
  throw new Error(`HOST_MODE is ${mode}: give node or chromium.`)
}

let browser: ReturnType<typeof openBrowser> | undefined

/** All phones of a test file share one Chromium, which its `afterAll` closes. Without one there is nothing to do. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

/** A phone with the mini-program open, driven by WeChat's own client. */
export type Phone = Awaited<ReturnType<typeof openPhone>>

export async function openPhone(house: Surroundings, options: Partial<LaunchOptions> = {}) {
  const mode = options.mode ?? defaultMode()
  if (mode === 'chromium') browser ??= openBrowser()
  const launched: Launched = await launch({
    project: options.project ?? (await buildMiniprogram()),
    simulatorUrl: house.simulated.url,
    extConfig: addressesOf(house),
    ...(browser && { browser: await browser }),
    ...options,
    mode,
  })
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  const page = async () => {
    const current = await mini.currentPage()
    if (!current) throw new Error('no page is open')
    return current
  }
  const look = async (selector: string) => (await page()).$(selector)
  /** Waits for an element, as a person does. */
  const find = async (selector: string) => {
    const found = await eventually(
      () => look(selector),
      (element) => element !== null,
      { what: selector },
    )
    if (!found) throw new Error(selector)
    return found
  }
  return {
    launched,
    mini,
    page,
    look,
    find,
    tap: async (selector: string) => (await find(selector)).tap(),
    text: async (selector: string) => (await find(selector)).text(),
    /** Until the element shows the text. */
    sees: (selector: string, text: string) =>
      eventually(
        async () => (await look(selector))?.text().catch(() => ''),
        (shown) => shown?.includes(text) === true,
        { what: `${selector} with ${text}` },
      ),
    close: async () => {
      mini.disconnect()
      await launched.close()
    },
  }
}
