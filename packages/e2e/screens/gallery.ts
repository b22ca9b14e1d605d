import { openBrowser, type Preview, servePreview } from '@shouyin/miniprogram-host'
import type { Browser, Page } from 'playwright-core'
import { addressesOf, buildMiniprogram } from '../support/miniprogram.ts'
import { openDesk } from './desk.ts'
import { devices, PIXEL_RATIO, themes, type Width } from './devices.ts'
import { drawSheet, drawSingle } from './sheet.ts'
import { openShop, type Shop } from './shop.ts'
import { createStage, type Shot } from './stage.ts'
import { type Topic, walks } from './walks/index.ts'

export interface Sheet {
  /** In the gallery's folder. */
  readonly file: string
  readonly width: Width
  readonly shots: readonly Shot[]
  readonly webp: Buffer
}

export interface Gallery {
  readonly sheets: readonly Sheet[]
  readonly singles: readonly { readonly file: string; readonly webp: Buffer }[]
  /** What is wrong on a screen, whatever it looks like. */
  readonly problems: readonly string[]
}

interface Wanted {
  readonly widths?: readonly Width[]
  readonly topics?: readonly Topic[]
  readonly onStep?: (step: string) => void
}

export const allWidths = Object.keys(devices).map(Number) as Width[]
export const allTopics = Object.keys(walks) as Topic[]

/** Opens the shop on each phone and takes its pictures. */
export async function takeGallery({ widths = allWidths, topics = allTopics, onStep }: Wanted = {}): Promise<Gallery> {
  const [shop, project, browser] = await Promise.all([openShop(), buildMiniprogram(), openBrowser()])
  const parts: Gallery[] = []
  try {
    for (const width of widths) {
      const preview = await serve(shop, project, width)
      const desk = await openDesk(browser, preview.url)
      const shopper = await shop.shopper()
      for (const topic of topics) {
        onStep?.(`${topic} at ${width}`)
        parts.push(await takeTopic({ browser, preview, shop, shopper, width }, desk, topic))
      }
      await preview.close()
    }
  } finally {
    await browser.close()
    await shop.close()
  }
  return {
    sheets: parts.flatMap(({ sheets }) => sheets),
    singles: parts.flatMap(({ singles }) => singles),
    problems: parts.flatMap(({ problems }) => problems),
  }
}

interface Place {
  readonly browser: Browser
  readonly preview: Preview
  readonly shop: Shop
  readonly shopper: Awaited<ReturnType<Shop['shopper']>>
  readonly width: Width
}

async function takeTopic(place: Place, desk: Page, topic: Topic): Promise<Gallery> {
  const { width } = place
  const shots: Shot[] = []
  const problems: string[] = []
  const stage = createStage({
    ...place,
    onShot: (shot) => void shots.push(shot),
    onProblem: (problem) => void problems.push(`${topic}: ${problem}`),
  })
  await walks[topic](stage).finally(stage.close)
  const sheets: Sheet[] = []
  for (const theme of themes) {
    const ofTheme = shots.filter((shot) => shot.theme === theme)
    const webp = await drawSheet(desk, ofTheme, width, theme)
    sheets.push({ file: `${width}-${theme}/${topic}.webp`, width, shots: ofTheme, webp })
  }
  const singles: { file: string; webp: Buffer }[] = []
  for (const { star, sharpPng } of shots) {
    if (!star || !sharpPng) continue
    singles.push({ file: `${star}.webp`, webp: await drawSingle(desk, sharpPng, width, PIXEL_RATIO) })
  }
  return { sheets, singles, problems }
}

function serve(shop: Shop, project: string, width: Width): Promise<Preview> {
  const extConfig = addressesOf(shop.house)
  const { apiBaseUrl: apiUrl, simulatorUrl } = extConfig
  const run = { extConfig, viewport: { ...devices[width], pixelRatio: PIXEL_RATIO } }
  return servePreview({ project, port: 0, apiUrl, simulatorUrl, run, automator: { port: 0 }, launched: true })
}
