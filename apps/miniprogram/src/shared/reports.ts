import type { InputOf } from '@shouyin/contracts/route'
import { type reports, scrub } from '@shouyin/contracts/shopper'

export type Batch = InputOf<typeof reports.sendReports>['reports']
type Report = reports.Report

/** What comes within this time of the first goes along with it. */
const GATHER_MS = 3000
const BATCH_MAX = 10
/** Of one run of the app: a fault that repeats itself must not cost the shopper more than this. */
export const REPORTS_MAX = 30
const TEXT_READ_MAX = 4000

interface Deps {
  /** One request; whether it arrives is nobody's concern. */
  send: (batch: Batch) => Promise<unknown>
  /** Path of the page on top, without its query. */
  page: () => string | undefined
  pause: (ms: number) => Promise<void>
}

/** Tells the server what went wrong here. Nobody waits for it, nothing is tried twice, and its own failures are no news. */
export function createReports({ send, page, pause }: Deps) {
  const seen = new Set<string>()
  let waiting: Batch = []

  async function flush(): Promise<void> {
    await pause(GATHER_MS)
    const batch = waiting
    waiting = []
    await send(batch)
  }

  return function add(report: Report, thrown?: unknown): void {
    const path = page()
    const full = { ...report, ...(path && { page: path }), ...(thrown !== undefined && describe(thrown)) }
    const text = JSON.stringify(full)
    if (seen.has(text) || seen.size >= REPORTS_MAX || waiting.length >= BATCH_MAX) return
    seen.add(text)
    if (waiting.push(full) === 1) flush().catch(() => {})
  }
}

/** An error, WeChat's `{ errMsg }`, or the text that `wx.onError` gives, which begins with a line of WeChat's own. */
function describe(thrown: unknown): Pick<Report, 'thrown' | 'stack'> {
  const { name, message, stack, errMsg } = Object(thrown) as Partial<Error & { errMsg: string }>
  const text = typeof thrown === 'string' ? thrown : message ? `${name}: ${message}\n${stack}` : `${errMsg}`
  const lines = text.slice(0, TEXT_READ_MAX).split('\n')
  const said = lines.find((line) => /^\w*(Error|Failed)\b.*: /.test(line)) || lines[0] || ''
  const places = lines.filter((line) => /^\s+at |@.*:\d/.test(line)).slice(0, 5)
  return { thrown: scrub(said).slice(0, 200), stack: places.map((place) => scrub(place.trim()).slice(0, 160)) }
}
