import { setTimeout as delay } from 'node:timers/promises'
import type { Preview } from '@shouyin/miniprogram-host'
import type { Browser, Locator } from 'playwright-core'
import { createNetwork, type Rule } from './network.ts'
import type { Steady } from './steady.ts'

const STEP_MS = 50
const TICK_MS = 10
const MINUTE_MS = 60_000
const DEADLINE_MS = 20_000

/** Hairlines are half a pixel wide, as on a phone. */
export const PIXEL_RATIO = 2
/** Glasses of three phones that are in use, in CSS pixels. */
export const devices = {
  320: { width: 320, height: 568 },
  375: { width: 375, height: 760 },
  430: { width: 430, height: 932 },
} as const
export type Width = keyof typeof devices

export interface PhoneOptions {
  readonly browser: Browser
  /** Of the phone's width; its automator drives the phone that was opened last. */
  readonly preview: Preview
  readonly steady: Steady
  readonly pictures: { readonly from: string; readonly to: string }
  readonly width: Width
  /** The shopper. */
  readonly openid: string
  /** Default: the first page. */
  readonly path?: string
  /** What happens to its calls from the start. */
  readonly rules?: readonly Rule[]
  readonly nowMs: number
}

export type Phone = Awaited<ReturnType<typeof openPhone>>

/** A phone with the mini-program open. Its time stands still unless something waits for it, so nothing on it hurries away. */
export async function openPhone(options: PhoneOptions) {
  const { browser, preview, steady, width, openid, path, nowMs } = options
  const context = await browser.newContext({
    viewport: devices[width],
    deviceScaleFactor: PIXEL_RATIO,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  const network = await createNetwork(page, steady, options.pictures)
  network.set(...(options.rules ?? []))
  await page.addInitScript(beSteady)
  await page.clock.install({ time: nowMs - MINUTE_MS })
  await page.clock.pauseAt(nowMs)
  await page.clock.setFixedTime(nowMs)
  const search = new URLSearchParams({ bare: '', openid, ...(path !== undefined && { path }) })
  await page.goto(`${preview.url}/?${search}`)
  const line = preview.automator?.openLine()

  async function until(isThere: () => Promise<boolean>, what: string, stepMs = STEP_MS): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS
    while (!(await isThere())) {
      if (performance.now() > deadline) {
        const seen = (await page.locator('#host-phone').textContent())?.replaceAll(/\s+/g, ' ')
        throw new Error(`${what} never came; seen: ${seen}; problems: ${problems.join('; ')}`)
      }
      await page.clock.runFor(stepMs)
      await delay(TICK_MS)
    }
  }
  const shown = (selector: string, text?: string): Locator =>
    page
      .locator(selector, text === undefined ? {} : { hasText: text })
      .locator('visible=true')
      .first()
  /** Until it is there; `stepMs`: how much of the phone's time passes between two looks. */
  const see = (selector: string, text?: string, stepMs?: number) =>
    until(() => shown(selector, text).isVisible(), `${selector} ${text ?? ''}`, stepMs)
  const gone = (selector: string) => until(async () => !(await shown(selector).isVisible()), `the end of ${selector}`)
  /** Something that the person with the phone does; it needs the phone's time to be done. */
  async function act(method: string, parameters: Record<string, unknown>): Promise<void> {
    const asked = line?.ask(method, parameters).finally(() => {
      isDone = true
    })
    let isDone = false
    await Promise.all([asked, until(async () => isDone, method)])
  }
  await see('#host-screen > *')
  return {
    page,
    width,
    network,
    problems,
    see,
    gone,
    until,
    tap: async (selector: string, text?: string) => {
      await see(selector, text)
      await gone('.host-toast')
      await until(() => shown(selector, text).isEnabled(), `${selector} to tap`)
      await shown(selector, text).click({ timeout: DEADLINE_MS })
    },
    /** A page of the app, on top of the open one. */
    open: (url: string) => act('App.callWxMethod', { method: 'navigateTo', args: [{ url }] }),
    setTheme: async (theme: 'light' | 'dark') => {
      await page.emulateMedia({ colorScheme: theme })
      await act('Phone.setConditions', { theme })
    },
    /** In WeChat's own settings: the shopper leaves the app for them, and comes back. */
    setTextSize: async (fontSizePx: number) => {
      await act('Phone.background', {})
      await act('Phone.setConditions', { fontSizePx })
      await act('Phone.foreground', {})
    },
    close: () => context.close(),
  }
}

/** Runs in every frame of the page. The short ids that the app draws are shown to the shopper. */
function beSteady(): void {
  let seed = 1
  Math.random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  // Playwright's clock lives in these; the app's thread throws away what a phone has not.
  for (const name of ['__pwClock', 'MessageChannel']) {
    const value: unknown = Reflect.get(globalThis, name)
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: false })
  }
}
