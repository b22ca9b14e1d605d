import { setTimeout as delay } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'

const TICK_MS = 10
export const DEADLINE_MS = 20_000

/** How much of the phone's time passes in each tick of a wait: as much as really passes, unless it is waited for itself. */
const STEP_MS = TICK_MS
const QUICK_STEP_MS = 100

/** What the person with the phone sees, and waits for: only then does the phone's time pass. */
export function createEyes(page: Page, problems: readonly string[]) {
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
  const shown = (selector: string, text?: string): Locator => {
    const found = page.locator(selector, text === undefined ? {} : { hasText: text })
    return found.locator('visible=true').first()
  }
  return {
    until,
    shown,
    /** Until it is there; `stepMs`: how much of the phone's time passes between two looks. */
    see: (selector: string, text?: string, stepMs?: number) =>
      until(() => shown(selector, text).isVisible(), `${selector} ${text ?? ''}`, stepMs),
    gone: (selector: string) =>
      until(async () => !(await shown(selector).isVisible()), `the end of ${selector}`, QUICK_STEP_MS),
  }
}
