import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { connect } from '../connect.ts'
import { findPostgres, type Postgres, type PostgresOptions, startPostgres } from '../start-postgres.ts'

/** A folder that only its owner may enter, as mkdtemp makes it; removed with its server after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dev-postgres-'))
  onTestFinished(async () => {
    await (await findPostgres({ dataDir: folder }).catch(() => undefined))?.stop()
    const marker = join(folder, 'postgres.location')
    if (existsSync(marker)) rmSync(readFileSync(marker, 'utf8').trim(), { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A folder that the account which runs PostgreSQL may enter, also when we are root. */
export function openFolder(): string {
  const folder = scratchFolder()
  chmodSync(folder, 0o755)
  return folder
}

/** As `startPostgres`, stopped after the test. */
export async function start(options: PostgresOptions): Promise<Postgres> {
  const postgres = await startPostgres(options)
  onTestFinished(() => postgres.stop())
  return postgres
}

export async function query<Row extends object = Record<string, unknown>>(url: string, sql: string): Promise<Row[]> {
  const client = await connect(url)
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Runs a script of this folder; `firstLine` is the JSON that it prints. */
export function launch(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}, folder = import.meta.dirname) {
  const path = join(folder, script)
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...process.env, SHOUYIN_TEST_RUN: undefined, DATABASE_URL: undefined, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, firstLine: readFirstLine(child), exited: once(child, 'exit') }
}

async function readFirstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    if (text.includes('\n')) break
  }
  return JSON.parse(text)
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true in time')
    await sleep(50)
  }
}
