import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Files of a gallery by their path in its folder. */
export type Files = ReadonlyMap<string, Buffer>

export function readFiles(folder: string): Files {
  let entries: string[] = []
  try {
    entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    // There is no gallery yet.
  }
  const pictures = entries.filter((entry) => entry.endsWith('.webp')).sort()
  return new Map(pictures.map((entry) => [entry.replaceAll(path.sep, '/'), readFileSync(path.join(folder, entry))]))
}

export function writeFiles(folder: string, files: ReadonlyMap<string, Buffer | string>): void {
  for (const [name, content] of files) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/** Pictures that no screen stands behind any more. */
export function removeOthers(folder: string, keep: ReadonlyMap<string, unknown>): void {
  for (const name of readFiles(folder).keys()) if (!keep.has(name)) rmSync(path.join(folder, name))
}
