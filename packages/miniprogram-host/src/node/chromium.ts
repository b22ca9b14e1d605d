import type { Browser } from 'playwright-core'
import { describeError, HostError } from '../core/errors.ts'

/** No sandbox, as containers have none to offer; no network of its own. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The same pixels whatever screen and settings the machine has.
  '--hide-scrollbars',
  '--disable-lcd-text',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
]

export interface BrowserOptions {
  /** A Chromium of your own; default: the one of @sparticuz/chromium. */
  executablePath?: string
}

/** A headless Chromium that several launches may share, one after the other or at once. Ends with this process. */
export async function openBrowser({ executablePath }: BrowserOptions = {}): Promise<Browser> {
  try {
    const { chromium } = await import('playwright-core')
    return await chromium.launch({
      executablePath: executablePath ?? (await (await import('@sparticuz/chromium')).default.executablePath()),
      headless: true,
      args: ARGUMENTS,
      // Whoever started this process decides what a signal means.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ERR_MODULE_NOT_FOUND') {
      throw new HostError(
        'Chromium mode needs playwright-core and @sparticuz/chromium: npm install --save-dev playwright-core @sparticuz/chromium',
      )
    }
    throw new HostError(`Chromium could not be started, give another one: ${describeError(error).message}`)
  }
}
