import type { Page } from 'playwright-core'
import { environmentOf, type RunOptions } from '../core/run-options.ts'
import { storagePrefix } from '../preview/browser/local-store.ts'
import { SHOPPER_KEY } from '../preview/browser/shopper.ts'
import { type Preview, servePreview } from '../preview/server.ts'
import type { AutomatorServerOptions } from './automator-server.ts'
import { openBrowser } from './chromium.ts'
import type { LaunchOptions } from './launch.ts'
import { createEnd, createLaunched, type Launched } from './launched.ts'

/** In Chromium mode the page can be touched with real input, too. */
export interface LaunchedInChromium extends Launched {
  page: Page
}

/** The preview page in a browser without a window, as large as the phone's glass and without the panel beside it. */
export async function launchInChromium(options: LaunchOptions): Promise<LaunchedInChromium> {
  const closings: (() => Promise<unknown>)[] = []
  const end = createEnd(async () => {
    for (const close of closings.reverse()) await close()
  })
  let page: Page | undefined
  const automator: AutomatorServerOptions = {
    port: options.port ?? 0,
    onClients: options.onClients,
    own: {
      'Tool.close': () => void setImmediate(end.now),
      'App.captureScreenshot': async () => ({ data: (await page?.screenshot())?.toString('base64') }),
    },
  }
  try {
    const browser = options.browser ?? (await openBrowser(options))
    if (!options.browser) closings.push(() => browser.close())
    const preview = await serve(options, automator)
    closings.push(preview.close)
    const context = await browser.newContext(contextOf(options, preview))
    closings.push(() => context.close())
    page = await context.newPage()
    await page.goto(`${preview.url}/?bare`)
    const line = preview.automator.openLine()
    // Answered when the app has started; what kept it from starting is thrown here.
    await line.ask('App.getCurrentPage')
    return { ...createLaunched(line, preview.automator.wsEndpoint, end), page }
  } catch (error) {
    await end.now()
    throw error
  }
}

type Driven = Preview & { automator: NonNullable<Preview['automator']> }

async function serve(options: LaunchOptions, automator: AutomatorServerOptions): Promise<Driven> {
  const { project, simulatorUrl, appid } = options
  const given = { project, ...(simulatorUrl && { simulatorUrl }), ...(appid && { appid }) }
  const preview = await servePreview({ ...given, port: 0, run: runOf(options), automator, launched: true })
  return preview as Driven
}

/** Only what is JSON goes to the page. */
function runOf(options: LaunchOptions): RunOptions {
  const { project, mode, simulatorUrl, appid, openid, port, storage, onClients, browser, executablePath, ...run } =
    options
  return { ...run, extConfig: run.extConfig ?? {} }
}

function contextOf(options: LaunchOptions, { url, appid }: Preview) {
  const { viewport, conditions } = environmentOf(options)
  const stored = Object.entries(options.storage ?? {})
  const localStorage = stored.map(([key, value]) => ({
    name: storagePrefix(appid) + key,
    value: JSON.stringify(value),
  }))
  if (options.openid !== undefined) localStorage.push({ name: SHOPPER_KEY, value: options.openid })
  return {
    viewport: { width: viewport.width, height: viewport.height },
    deviceScaleFactor: viewport.pixelRatio,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    colorScheme: conditions.theme ?? 'light',
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  }
}
