import type { Browser, Page } from 'playwright-core'
import { devices, PIXEL_RATIO, type Width } from './devices.ts'

const MINUTE_MS = 60_000

/** A page whose clock shows one moment for ever, and whose timers run only when they are let. */
export async function openFrozenPage(browser: Browser, width: Width, nowMs: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: devices[width],
    deviceScaleFactor: PIXEL_RATIO,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  await page.addInitScript(keepClock)
  // It cannot be stopped at a moment that has passed, and a little passes between these two.
  await page.clock.install({ time: nowMs - MINUTE_MS })
  await page.clock.pauseAt(nowMs)
  await page.clock.setFixedTime(nowMs)
  return page
}

/** Runs in every frame: Playwright's clock lives in these two, and the app's thread throws away what a phone has not. */
function keepClock(): void {
  for (const name of ['__pwClock', 'MessageChannel']) {
    const value: unknown = Reflect.get(globalThis, name)
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: false })
  }
}
