import { fileURLToPath } from 'node:url'
import type { Launched, LaunchOptions } from '../index.ts'
import { type Driven, drive } from './fixture.ts'

/** A mini-program with every built-in component; its pages note each event in `data.log`. */
export const COMPONENTS = fileURLToPath(new URL('./components', import.meta.url))

export interface DrivenComponents extends Driven {
  /** `type#id detail` of every event so far. */
  log(): Promise<string[]>
  /** Taps a button of the picker that is open. */
  pick(...ids: string[]): Promise<void>
}

type Page = 'fields' | 'nested' | 'shown' | 'scrolled' | 'visits' | 'web'

export async function driveComponents(
  page: Page,
  options: Omit<Partial<LaunchOptions>, 'mode'> = {},
): Promise<DrivenComponents> {
  const driven = await drive({ project: COMPONENTS, path: `pages/${page}/index`, ...options })
  return { ...driven, ...hearing(driven) }
}

export const hearing = ({ page, tap }: Pick<Driven<Launched>, 'page' | 'tap'>) => ({
  log: async (): Promise<string[]> => (await page()).data('log'),
  pick: async (...ids: string[]): Promise<void> => {
    for (const id of ids) await tap(`#picker-${id}`)
  },
})
