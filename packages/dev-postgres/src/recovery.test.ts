import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPostmaster } from './postmaster.ts'
import { identify } from './process.ts'
import { launch, openFolder, query, start, until } from './testing/scratch.ts'

const dataOf = (dataDir: string) => join(dataDir, 'postgres', 'data')

test('a server outlives the process that started it, and the next one adopts it', async () => {
  const dataDir = openFolder()
  const { firstLine, exited } = launch('start.ts', [dataDir])
  const { url } = await firstLine
  await exited
  expect(await start({ dataDir })).toMatchObject({ adopted: true, url })
})

test('a killed server is started again with its data', async () => {
  const dataDir = openFolder()
  const killed = await start({ dataDir })
  await query(killed.url, 'create table kept as select 7 as fen')
  await query(killed.url, 'checkpoint')
  const postmaster = findPostmaster(dataOf(dataDir))
  if (!postmaster) throw new Error('no postmaster')
  process.kill(postmaster.pid, 'SIGKILL')
  await until(() => !identify(postmaster.pid))

  const again = await start({ dataDir })
  expect(again.adopted).toBe(false)
  expect(await query(again.url, 'select fen from kept')).toEqual([{ fen: 7 }])
})

test('a process that has got the id of a dead server is not touched', async () => {
  const dataDir = openFolder()
  const first = await start({ dataDir })
  const pidFile = join(dataOf(dataDir), 'postmaster.pid')
  const content = readFileSync(pidFile, 'utf8')
  await first.stop()

  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void stranger.kill())
  writeFileSync(pidFile, content.replace(/^\d+/, String(stranger.pid)))
  await first.stop()
  const again = await start({ dataDir })
  expect(again.adopted).toBe(false)
  await again.stop()
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
})

test('what a killed initdb left is removed, what a running one makes is not', async () => {
  const dataDir = openFolder()
  const first = await start({ dataDir })
  await first.stop()
  const home = join(dataDir, 'postgres')
  mkdirSync(join(home, 'initdb-4194303-dead'))
  mkdirSync(join(home, `initdb-${process.pid}-live`))
  // Without its cluster, the next start has to make one.
  rmSync(join(home, 'data'), { recursive: true })
  await start({ dataDir })
  expect(readdirSync(home).sort()).toEqual(['data', `initdb-${process.pid}-live`, 'log'])
})
