import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SCRIPTS = fileURLToPath(new URL('../../../ops/backup/', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouyin-scripts-'))
  for (const name of ['base', 'wal', 'pg_wal']) mkdirSync(join(folder, name))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = (script: string, ...args: string[]) =>
  spawnSync('sh', [join(SCRIPTS, script), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, BACKUP_DIR: folder },
  })

describe('archive-wal.sh', () => {
  const archive = (content: string) => {
    writeFileSync(join(folder, 'pg_wal', 'A'), content)
    return run('archive-wal.sh', join(folder, 'wal'), join(folder, 'pg_wal', 'A'), 'A')
  }
  const archived = () => readFileSync(join(folder, 'wal', 'A'), 'utf8')

  test('keeps a file whole, and the same one again is fine', () => {
    expect(archive('one').status).toBe(0)
    expect(archive('one').status).toBe(0)
    expect(archived()).toBe('one')
    expect(existsSync(join(folder, 'wal', 'A.part'))).toBe(false)
  })

  test('never overwrites: two databases must not share an archive', () => {
    archive('one')
    const { status, stderr } = archive('two')
    expect(status).not.toBe(0)
    expect(stderr).toContain('two databases archive into one folder')
    expect(archived()).toBe('one')
  })

  test('a copy that was cut off by a crash is made again', () => {
    writeFileSync(join(folder, 'wal', 'A.part'), 'o')
    expect(archive('one').status).toBe(0)
    expect(archived()).toBe('one')
  })
})

describe('restore.sh', () => {
  const base = (name: string) => {
    mkdirSync(join(folder, 'base', name))
    writeFileSync(join(folder, 'base', name, 'which'), name)
  }
  const to = () => join(folder, 'restored')
  const settings = () => readFileSync(join(to(), 'postgresql.auto.conf'), 'utf8')

  test('takes the last backup that was finished by the wanted time', () => {
    for (const name of ['20261119T040000Z', '20261120T040000Z', '20261121T040000Z', '.draft']) base(name)
    expect(run('restore.sh', to(), '2026-11-20 20:00:00+08').status).toBe(0)
    expect(readFileSync(join(to(), 'which'), 'utf8')).toBe('20261120T040000Z')
    expect(existsSync(join(to(), 'recovery.signal'))).toBe(true)
    expect(settings()).toContain(`recovery_target_time = '2026-11-20 20:00:00+08'`)
    expect(settings()).toContain('archive_mode = off')
  })

  test('goes as far as the archive does when no time is given', () => {
    base('20261119T040000Z')
    expect(run('restore.sh', to()).status).toBe(0)
    expect(settings()).not.toContain('recovery_target_time')
  })

  test.each([
    ['there is no backup that early', '2026-11-18', 'no backup in'],
    ['the time is none', 'yesterdayish', 'yesterdayish'],
  ])('makes nothing when %s', (_, time, says) => {
    base('20261119T040000Z')
    const { status, stderr } = run('restore.sh', to(), time)
    expect(status).not.toBe(0)
    expect(stderr).toContain(says)
    expect(existsSync(to())).toBe(false)
  })

  test('touches no folder that exists', () => {
    base('20261119T040000Z')
    mkdirSync(to())
    const { status, stderr } = run('restore.sh', to())
    expect([status, stderr]).toEqual([1, expect.stringContaining('name a folder that does not')])
  })
})

test('base-backup.sh says which setting is missing', () => {
  const { status, stderr } = run('base-backup.sh')
  expect(status).not.toBe(0)
  expect(stderr).toContain('DATABASE_URL is not set')
})
