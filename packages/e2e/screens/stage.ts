import type { Preview } from '@shouyin/miniprogram-host'
import type { Browser } from 'playwright-core'
import type { Shopper } from './client.ts'
import { type Theme, themes, type Width } from './devices.ts'
import { findOverflow } from './overflow.ts'
import { openPhone, type Phone, type PhoneOptions } from './phone.ts'
import type { Shop } from './shop.ts'
import { STAR_WIDTH, stars } from './stars.ts'
import { createSteady } from './steady.ts'

/** Longer than a tapped element keeps its hover class. */
const PRESS_MS = 150

export interface Shot {
  readonly name: string
  readonly width: Width
  readonly theme: Theme
  /** A pixel for each CSS pixel. */
  readonly png: Buffer
  /** Shown singly, under this name; then taken sharp as well. */
  readonly star?: string
  readonly sharpPng?: Buffer
}

export type Stage = ReturnType<typeof createStage>

type Start = Pick<PhoneOptions, 'path' | 'rules'>

interface StageDeps {
  readonly browser: Browser
  readonly preview: Preview
  readonly shop: Shop
  /** Has ordered nothing yet. */
  readonly shopper: Shopper
  readonly width: Width
  readonly onShot: (shot: Shot) => void
  /** What no screen may have: text beyond the glass, errors of the app. */
  readonly onProblem: (problem: string) => void
}

/** Where the scenes of one width play. */
export function createStage({ browser, preview, shop, shopper, width, onShot, onProblem }: StageDeps) {
  const steady = createSteady(shop.startMs)
  let open: Phone | undefined
  return {
    shop,
    shopper,
    width,
    /** Opens it; the one before is put away. */
    async phone(openid: string, start: Start = {}): Promise<Phone> {
      await open?.close()
      const { now } = await shop.house.simulated.call<{ now: string }>('GET', '/clock')
      open = await openPhone({
        browser,
        preview,
        steady,
        pictures: { from: shop.house.postbox.url, to: shop.serverUrl },
        width,
        openid,
        nowMs: steady.momentOf(Date.parse(now)) + 60_000,
        ...start,
      })
      return open
    },
    async shot(phone: Phone, name: string): Promise<void> {
      for (const theme of themes) {
        await phone.setTheme(theme)
        await settle(phone)
        await phone.page.evaluate(hideShortIds)
        const png = await phone.page.screenshot({ animations: 'disabled', scale: 'css' })
        const star = width === STAR_WIDTH ? stars[theme][name] : undefined
        const sharp = star && { star, sharpPng: await phone.page.screenshot({ animations: 'disabled' }) }
        onShot({ name, width, theme, png, ...sharp })
      }
      for (const problem of [...phone.problems.splice(0), ...(await findOverflow(phone.page))])
        onProblem(`${name} at ${width}: ${problem}`)
    },
    close: async () => open?.close(),
  }
}

/** Pictures and fonts are there, and what was tapped looks as before. */
async function settle({ page, until }: Phone): Promise<void> {
  await page.clock.runFor(PRESS_MS)
  const areLoaded = () =>
    page.evaluate(() => {
      const isSeen = (image: HTMLImageElement) =>
        image.checkVisibility() && image.getBoundingClientRect().top < innerHeight
      return (
        document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete || !isSeen(image))
      )
    })
  await until(areLoaded, 'pictures and fonts')
}

/** Runs in the page: the short id of a failed call, drawn at random on the phone, becomes a fixed one. */
function hideShortIds(): void {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) {
    const node = words.currentNode
    const text = node.nodeValue ?? ''
    if (/^(编号 )?[\dA-Z]{8}$/.test(text)) node.nodeValue = text.replace(/[\dA-Z]{8}/, '7K3M9QXT')
  }
}
