import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { prepareDataDir } from './data-dir.ts'

/** A DATA_DIR for one test; open to others, so that root's database can live in it. */
export function scratchDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-dev-'))
  chmodSync(folder, 0o755)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  prepareDataDir(folder)
  return folder
}

export function writeScript(dataDir: string, name: string, source: string): string {
  const file = join(dataDir, name)
  writeFileSync(file, source)
  return file
}
