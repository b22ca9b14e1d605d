import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { eventually } from '../support/wait.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

test('Ctrl-C leaves no process and no folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-interrupted-'))
  const child = spawn(process.execPath, [MAIN, '--payments', '100000', '--kills', '100'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TMPDIR: folder },
  })
  try {
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const folders = async () => readdirSync(folder)
    await eventually(folders, (names) => names.filter((name) => name.startsWith('shouyin-e2e-')).length === 2, {
      what: `two servers (${output})`,
      timeoutMs: 120_000,
    })
    const [data = ''] = readdirSync(folder).filter((name) => name.startsWith('shouyin-chaos-'))
    const marker = join(folder, data, 'postgres.location')
    const home = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : join(folder, data)
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    expect(output).toContain('nothing is left running')
    expect(code).toBe(130)
    expect(readdirSync(folder).filter((name) => name.startsWith('shouyin-'))).toEqual([])
    expect(existsSync(home)).toBe(false)
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
