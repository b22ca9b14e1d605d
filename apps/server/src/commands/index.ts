import type { Command } from './command.ts'
import { migrate } from './migrate.ts'

/** Every command, one file each, in the order in which they are listed. */
export const commands: Readonly<Record<string, Command>> = {
  migrate,
}
