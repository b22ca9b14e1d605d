import type { Source } from '../settings/reader.ts'
import { checks } from './checks/index.ts'
import { checkSettings } from './checks/settings.ts'
import { openDoctor } from './context.ts'
import type { Finding } from './finding.ts'

export interface ExamineOptions {
  /** Default: the environment of the process. */
  readonly source?: Source
  /** Wall time. */
  readonly now?: () => Date
}

/** Every check, one after the other, as they end. */
export async function* examine({ source, now }: ExamineOptions = {}): AsyncGenerator<Finding> {
  const { env, findings } = checkSettings(source)
  yield* findings
  if (!env) {
    yield { name: 'all others', status: 'skipped', what: 'they need the settings' }
    return
  }
  const { ctx, close } = openDoctor(env, now)
  try {
    for (const check of checks) yield await check(ctx)
  } finally {
    await close()
  }
}
