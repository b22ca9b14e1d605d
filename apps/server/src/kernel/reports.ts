import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { reports } from '@shouyin/contracts/shopper'
import type { ServerCtx } from './context.ts'

/** What went wrong on a phone: a line of the log each, and numbers. Anybody may send it, so nothing else comes of it. */
export async function sendReports(
  { log, metrics }: ServerCtx,
  { appVersion, baseLibrary, reports: list }: ParsedInputOf<typeof reports.sendReports>,
): Promise<object> {
  for (const report of list) {
    const { kind, code = '', durationMs } = report
    metrics.appReports.inc({ kind, code })
    if (kind === 'slow-request' && durationMs !== undefined) metrics.appSlowRequests.observe(durationMs / 1000)
    log.warn({ ...report, appVersion, baseLibrary }, 'reported by the mini-program')
  }
  return {}
}
