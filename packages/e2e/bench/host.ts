/**
 * `pnpm bench:host`: a plain mini-program in miniprogram-host ÷ the same work without it, in Node and in Chromium. Boot ÷
 * what cannot be saved (jsdom and glass-easel loaded; an empty page opened), a list and `setData` ÷ plain DOM calls.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { launch } from '@shouyin/miniprogram-host'
import chromium from '@sparticuz/chromium'
import automator from 'miniprogram-automator'
import { type Browser, chromium as playwright } from 'playwright-core'
import { openBareView } from './host-node.ts'
import { byHand, byHost, type Times } from './host-work.ts'
import { median } from './pairs.ts'

const ROUNDS = 5
const E2E = fileURLToPath(new URL('..', import.meta.url))
const OPEN = { project: `${E2E}proofs/native`, path: 'pages/list/index' }

interface Figures extends Times {
  /** In a new process; in Chromium mode there is none, browsers are shared. */
  firstBootMs: number
  bootMs: number
}

async function host(mode: 'node' | 'chromium', browser: Browser): Promise<Figures> {
  const start = performance.now()
  const launched = await launch(mode === 'node' ? OPEN : { ...OPEN, mode, browser })
  const bootMs = performance.now() - start
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  const times: Times = await mini.evaluate(byHost)
  mini.disconnect()
  await launched.close()
  return { firstBootMs: mode === 'node' ? newProcess(firstBoot.host) : Number.NaN, bootMs, ...times }
}

/** Milliseconds of a process of its own, as in a test run that has just begun. */
function newProcess(code: string): number {
  const start = performance.now()
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: E2E, stdio: 'inherit' })
  return performance.now() - start
}

const firstBoot = {
  host: `import { launch } from '@shouyin/miniprogram-host'; await (await launch(${JSON.stringify(OPEN)})).close()`,
  hand: `import { openBareView } from './bench/host-node.ts'; openBareView().window.close()`,
}

function handInNode(): Figures {
  const start = performance.now()
  const { window } = openBareView()
  const bootMs = performance.now() - start
  const times = byHand(window.document)
  window.close()
  return { firstBootMs: newProcess(firstBoot.hand), bootMs, ...times }
}

async function handInChromium(browser: Browser): Promise<Figures> {
  const start = performance.now()
  const page = await browser.newPage()
  await page.setContent('<!doctype html><body></body>')
  const bootMs = performance.now() - start
  const times: Times = await page.evaluate(`(${String(byHand)})(document)`)
  await page.close()
  return { firstBootMs: Number.NaN, bootMs, ...times }
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const perSecond = (value: number): string => `${Math.round(1000 / value)}/s`
const LINES = [
  ['first boot of a process', 'firstBootMs', ms],
  ['boot', 'bootMs', ms],
  ['list of 500 rows', 'listMs', ms],
  ['setData of one text', 'smallMs', perSecond],
  ['setData of 100 rows', 'rowsMs', perSecond],
] as const

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const mode of ['node', 'chromium'] as const) {
  const rounds: { ours: Figures; reference: Figures }[] = []
  // The first round only warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await host(mode, browser)
    const reference = mode === 'node' ? handInNode() : await handInChromium(browser)
    if (round > 0) rounds.push({ ours, reference })
  }
  const lines = LINES.filter(([, key]) => rounds.some(({ ours }) => ours[key] > 0))
  const table = lines.map(([what, key, show]) => {
    const of = (side: 'ours' | 'reference') => median(rounds.map((round) => round[side][key]))
    const ratios = rounds.map(({ ours, reference }) => ours[key] / reference[key]).sort((a, b) => a - b)
    const range = `${ratios[0]?.toFixed(1)}–${ratios.at(-1)?.toFixed(1)}`
    return {
      [mode]: what,
      host: show(of('ours')),
      without: show(of('reference')),
      ratio: median(ratios).toFixed(1),
      range,
    }
  })
  console.table(table)
}
await browser.close()
