import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPostgres, identify, isSameProcess, type ProcessIdentity } from '@shouyin/dev-postgres'
import { endGroup } from './end-group.ts'
import { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

type Known = Pick<ProcessIdentity, 'pid' | 'started' | 'command'>

/** DATA_DIR/dev.json: who runs on this data folder, so that the next start can tell ours from a stranger's. */
export type RunRecord = Known & { ports: number[]; embedded: boolean; children: (Known & { name: string })[] }

const fileOf = (dataDir: string) => join(dataDir, 'dev.json')

export function describeOurselves(settings: Settings): RunRecord {
  const { pid, started, command } = identify(process.pid) ?? { pid: process.pid, started: '', command: '' }
  const ports = [settings.serverPort, settings.simulatorPort, settings.previewPort].filter((port) => port !== undefined)
  return { pid, started, command, ports, embedded: settings.databaseUrl === undefined, children: [] }
}

export function writeRecord(dataDir: string, record: RunRecord): void {
  const file = fileOf(dataDir)
  writeFileSync(`${file}.new`, `${JSON.stringify(record, undefined, 2)}\n`)
  renameSync(`${file}.new`, file)
}

export function removeRecord(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
}

/** Ends what a killed run on this data folder has left, and nothing else; returns the names of what it ended. */
export async function endLeftovers(dataDir: string): Promise<string[]> {
  const record = readRecord(dataDir)
  if (!record) return []
  if (isSameProcess(record)) {
    throw new Problem(
      `dev runs already on ${dataDir} (process ${record.pid}): stop it with Ctrl-C there or kill ${record.pid}, or set DATA_DIR and the ports to others`,
    )
  }
  const left = record.children.filter(isSameProcess)
  await Promise.all(left.map(({ pid }) => endGroup(pid)))
  const postgres = record.embedded ? await findPostgres({ dataDir }) : undefined
  await postgres?.stop()
  removeRecord(dataDir)
  return [...left.map(({ name, pid }) => `${name} (${pid})`), ...(postgres ? ['postgres'] : [])]
}

function readRecord(dataDir: string): RunRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))
    return isRunRecord(record) ? record : undefined
  } catch {
    return undefined // none, or one that was cut short: the ports tell whether somebody is there
  }
}

function isRunRecord(value: unknown): value is RunRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    'children' in value &&
    Array.isArray(value.children)
  )
}
