import type { Browser } from 'playwright-core'
import type { Host } from '../core/host.ts'
import type { RunOptions } from '../core/run-options.ts'
import { type LaunchedInChromium, launchInChromium } from './launch-chromium.ts'
import { launchInNode } from './launch-node.ts'
import type { Launched } from './launched.ts'

export interface LaunchOptions extends RunOptions {
  /** A folder with project.config.json or app.json. */
  project: string
  /** `node` (default): jsdom, fast and strict, no layout. `chromium`: a real browser without a window. */
  mode?: 'node' | 'chromium'
  /** Where `wx.login` and `wx.requestPayment` go. */
  simulatorUrl?: string
  appid?: string
  openid?: string
  /** Of the automator WebSocket; 0 (default) takes a free one. */
  port?: number
  /** What `wx` storage holds at the start. */
  storage?: Record<string, unknown>
  /** Told how many automator clients are connected, whenever that changes. */
  onClients?: (count: number) => void
  /** Chromium mode: one that is already open (playwright-core), to share among launches; it stays open. */
  browser?: Browser
  /** Chromium mode: another Chromium than the one of @sparticuz/chromium, which is for Linux. */
  executablePath?: string
}

/** In this process the host itself can be looked at, too. */
export interface LaunchedInNode extends Launched {
  host: Host
}

/** Runs a mini-program's build without a window; drive it with `automator.connect({ wsEndpoint })`. */
export function launch(options: LaunchOptions & { mode?: 'node' }): Promise<LaunchedInNode>
export function launch(options: LaunchOptions & { mode: 'chromium' }): Promise<LaunchedInChromium>
export function launch(options: LaunchOptions): Promise<Launched>
export function launch(options: LaunchOptions): Promise<Launched> {
  return options.mode === 'chromium' ? launchInChromium(options) : launchInNode(options)
}
