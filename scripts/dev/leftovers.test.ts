import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify, startPostgres } from '@shouyin/dev-postgres'
import { expect, onTestFinished, test } from 'vitest'
import { describeOurselves, endLeftovers, type RunRecord, writeRecord } from './leftovers.ts'
import { until } from './ready.ts'
import { scratchDataDir } from './scratch.ts'
import { readSettings } from './settings.ts'

function sleeper(): ChildProcess {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  onTestFinished(() => void child.kill())
  return child
}

/** What a run that was killed would have written. */
function killedRun(children: ChildProcess[], change: Partial<RunRecord> = {}): RunRecord {
  const known = children.map(({ pid = 0 }) => {
    const { started = '', command = '' } = identify(pid) ?? {}
    return { name: 'server', pid, started, command }
  })
  const ours = describeOurselves(readSettings([], { DATABASE_URL: 'postgres://elsewhere/db' }))
  return { ...ours, started: 'long ago', children: known, ...change }
}

test('the children of a killed run are ended and named', async () => {
  const dataDir = scratchDataDir()
  const child = sleeper()
  writeRecord(dataDir, killedRun([child]))
  expect(await endLeftovers(dataDir)).toEqual([`server (${child.pid})`])
  await until(() => !identify(child.pid ?? 0), 'the leftover lives', 10_000)
  expect(existsSync(join(dataDir, 'dev.json'))).toBe(false)
})

test('a process that has only the id of one of ours is left alone', async () => {
  const dataDir = scratchDataDir()
  const stranger = sleeper()
  const [known] = killedRun([stranger]).children
  if (!known) throw new Error('no child')
  for (const child of [
    { ...known, started: 'before' },
    { ...known, command: 'node main.ts' },
  ]) {
    writeRecord(dataDir, killedRun([], { children: [child] }))
    expect(await endLeftovers(dataDir)).toEqual([])
  }
  expect(identify(stranger.pid ?? 0)).toBeDefined()
})

test('a run that is alive is not a leftover', async () => {
  const dataDir = scratchDataDir()
  writeRecord(dataDir, describeOurselves(readSettings([], {})))
  await expect(endLeftovers(dataDir)).rejects.toThrow(
    `dev runs already on ${dataDir} (process ${process.pid}): stop it`,
  )
})

test('the database of a killed run is stopped', async () => {
  const dataDir = scratchDataDir()
  await startPostgres({ dataDir })
  writeRecord(dataDir, killedRun([], { embedded: true }))
  expect(await endLeftovers(dataDir)).toEqual(['postgres'])
  expect(await endLeftovers(dataDir)).toEqual([])
})

test.each(['', 'null', '{"pid":1}', '{"pid":'])('a dev.json of "%s" is no record', async (text) => {
  const dataDir = scratchDataDir()
  writeFileSync(join(dataDir, 'dev.json'), text)
  expect(await endLeftovers(dataDir)).toEqual([])
})
