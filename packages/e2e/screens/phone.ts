import type { Preview } from '@shouyin/miniprogram-host'
import type { Browser } from 'playwright-core'
import type { Theme, Width } from './devices.ts'
import { createEyes, DEADLINE_MS } from './eyes.ts'
import { openFrozenPage } from './frozen-page.ts'
import { createNetwork, type Rule } from './network.ts'
import type { Steady } from './steady.ts'

export interface PhoneOptions {
  readonly browser: Browser
  /** Of the phone's width; its automator drives the phone that was opened last. */
  readonly preview: Preview
  readonly steady: Steady
  /** Where the API says that pictures are, and where they are. */
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

/** A phone with the mini-program open. Nothing on it hurries away: its time passes only while somebody waits for something. */
export async function openPhone(options: PhoneOptions) {
  const { browser, preview, steady, width, openid, path, nowMs } = options
  const page = await openFrozenPage(browser, width, nowMs)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  // A call that we drop is an error to the browser only.
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().startsWith('Failed to load')) problems.push(line.text())
  })
  const network = await createNetwork(page, steady, options.pictures)
  network.set(...(options.rules ?? []))
  const { until, shown, see, gone } = createEyes(page, problems)
  const search = new URLSearchParams({ bare: '', openid, ...(path !== undefined && { path }) })
  await page.goto(`${preview.url}/?${search}`)
  await see('#host-screen > *')
  const line = preview.automator?.openLine()

  /** Something that the person with the phone does; it needs the phone's time to be done. */
  async function act(method: string, parameters: Record<string, unknown> = {}): Promise<void> {
    let isDone = false
    const asked = line?.ask(method, parameters).finally(() => {
      isDone = true
    })
    await Promise.all([asked, until(async () => isDone, method, 1)])
  }
  return {
    page,
    network,
    problems,
    until,
    see,
    gone,
    /** A toast on a phone hides what is under it, but only for a moment. */
    tap: async (selector: string, text?: string) => {
      await see(selector, text)
      await gone('.host-toast')
      await until(() => shown(selector, text).isEnabled(), `${selector} to tap`)
      await shown(selector, text).click({ timeout: DEADLINE_MS })
    },
    fill: (selector: string, text: string) => shown(`${selector} input`).fill(text),
    scrollToEnd: () => page.locator('#host-screen').evaluate(scrollToEnd),
    /** A page of the app, on top of the open one. */
    open: (url: string) => act('App.callWxMethod', { method: 'navigateTo', args: [{ url }] }),
    setTheme: async (theme: Theme) => {
      await page.emulateMedia({ colorScheme: theme })
      await act('Phone.setConditions', { theme })
    },
    /** In WeChat's own settings: the shopper leaves the app for them, and comes back. */
    setTextSize: async (fontSizePx: number) => {
      await act('Phone.background')
      await act('Phone.setConditions', { fontSizePx })
      await act('Phone.foreground')
    },
    close: () => page.context().close(),
  }
}

/** Runs in the page: whatever can be scrolled shows its end. */
function scrollToEnd(screen: HTMLElement): void {
  for (const box of screen.querySelectorAll<HTMLElement>('*')) {
    if (getComputedStyle(box).overflowY === 'auto') box.scrollTop = box.scrollHeight
  }
}
