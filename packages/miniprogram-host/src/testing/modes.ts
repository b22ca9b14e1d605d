import type { Browser } from 'playwright-core'
import { afterAll, describe } from 'vitest'
import { type Launched, type LaunchOptions, launch, openBrowser } from '../index.ts'
import { connect, type Driven, FIXTURE } from './fixture.ts'

export type Mode = 'node' | 'chromium'
export type Drive = (options?: Partial<LaunchOptions>) => Promise<Driven<Launched>>

const TIMEOUT_MS = 30_000

/** The same tests in Node and in Chromium, of which a test file has one. */
export function inBothModes(define: (drive: Drive, mode: Mode) => void): void {
  describe.each<Mode>(['node', 'chromium'])('in %s mode', { timeout: TIMEOUT_MS }, (mode) => {
    let browser: Promise<Browser> | undefined
    afterAll(async () => (await browser)?.close())
    const drive: Drive = async (options = {}) => {
      if (mode === 'chromium') browser ??= openBrowser()
      return connect(await launch({ project: FIXTURE, mode, ...(browser && { browser: await browser }), ...options }))
    }
    define(drive, mode)
  })
}
