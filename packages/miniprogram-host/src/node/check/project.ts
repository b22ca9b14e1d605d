import type { AppConfig } from '../../core/app-config.ts'
import { HostError } from '../../core/errors.ts'

/** A build as the checks see it. They throw what DevTools refuses to compile, and warn of what it refuses to upload. */
export interface Project {
  files: Readonly<Record<string, string>>
  /** Bytes of every file by path. */
  sizes: ReadonlyMap<string, number>
  config: AppConfig
  /** app.json as it was written. */
  app: Record<string, unknown>
  warn(sentence: string): void
}

export function refuse(sentence: string): never {
  throw new HostError(sentence)
}
