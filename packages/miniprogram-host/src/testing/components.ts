import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from '../index.ts'
import { type Driven, drive } from './fixture.ts'

/** A mini-program with every built-in component; its pages note each event in `data.log`. */
const COMPONENTS = fileURLToPath(new URL('./components', import.meta.url))

export interface DrivenComponents extends Driven {
  /** `type#id detail` of every event so far. */
  log(): Promise<string[]>
  /** Taps a button of the picker that is open. */
  pick(...ids: string[]): Promise<void>
}

type Page = 'fields' | 'shown' | 'scrolled' | 'visits'

export async function driveComponents(page: Page, options: Partial<LaunchOptions> = {}): Promise<DrivenComponents> {
  const driven = await drive({ project: COMPONENTS, path: `pages/${page}/index`, ...options })
  return {
    ...driven,
    log: async () => (await driven.page()).data('log'),
    pick: async (...ids) => {
      for (const id of ids) await driven.tap(`#picker-${id}`)
    },
  }
}
