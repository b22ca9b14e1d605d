import type { Conditions } from '../../core/conditions.ts'
import type { Viewport } from '../../core/environment.ts'
import type { RunOptions } from '../../core/run-options.ts'

export interface Device extends Viewport {
  name: string
}

/** CSS pixels of glass that shops see most; the first is what the server was started with. */
export const DEVICES: readonly Device[] = [
  { name: 'iPhone SE (2016)', width: 320, height: 568, statusBarHeight: 20, safeAreaBottom: 0, pixelRatio: 2 },
  { name: 'iPhone SE', width: 375, height: 667, statusBarHeight: 20, safeAreaBottom: 0, pixelRatio: 2 },
  { name: 'iPhone 13 mini', width: 375, height: 812, statusBarHeight: 44, safeAreaBottom: 34, pixelRatio: 3 },
  { name: 'iPhone 15', width: 393, height: 852, statusBarHeight: 54, safeAreaBottom: 34, pixelRatio: 3 },
  { name: 'iPhone 15 Pro Max', width: 430, height: 932, statusBarHeight: 54, safeAreaBottom: 34, pixelRatio: 3 },
  { name: 'Android 360', width: 360, height: 780, statusBarHeight: 28, safeAreaBottom: 0, pixelRatio: 3 },
  { name: 'Android 412', width: 412, height: 915, statusBarHeight: 32, safeAreaBottom: 16, pixelRatio: 2.625 },
]

interface Settings {
  device?: string
  conditions?: Partial<Conditions>
}
const KEY = 'preview:settings'

const read = (): Settings => JSON.parse(localStorage.getItem(KEY) ?? '{}')

/** What was set beside the phone outlives a reload of the page. */
export function keepSettings(change: Settings): void {
  const { conditions, ...rest } = change
  const before = read()
  const next = { ...before, ...rest, conditions: { ...before.conditions, ...conditions } }
  localStorage.setItem(KEY, JSON.stringify(next))
}

export const chosenDevice = (): string | undefined => read().device

/** Kept settings over those that the server was started with; a launched browser has its own. */
export function withSettings(run: RunOptions, isBare: boolean): RunOptions {
  if (isBare) return run
  const { device, conditions } = read()
  const chosen = DEVICES.find(({ name }) => name === device)
  return {
    ...run,
    ...(chosen && { viewport: chosen }),
    conditions: { ...run.conditions, ...conditions },
  }
}
