import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Problem, reasonOf } from './problem.ts'

/** Makes DATA_DIR and its `logs`, and sees that both can be read and written. */
export function prepareDataDir(dataDir: string): void {
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    for (const folder of [dataDir, join(dataDir, 'logs')]) {
      accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    }
  } catch (error) {
    throw new Problem(
      `the data folder ${dataDir} cannot be used (${reasonOf(error)}): make it a folder that you can read and write, or set DATA_DIR to another one`,
    )
  }
}
