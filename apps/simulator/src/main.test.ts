import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { startSimulator } from './index.ts'
import { controlCall, TestMerchant } from './testing/merchant.ts'
import { until } from './testing/until.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly exited: Promise<number | null>
}

let folder: string
const runs: Run[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-main-'))
  return async () => {
    for (const { child } of runs.splice(0)) child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  }
})

const run = (...args: string[]): Run => {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'pipe' })
  const pieces = { out: '', err: '' }
  child.stdout.on('data', (data) => {
    pieces.out += data
  })
  child.stderr.on('data', (data) => {
    pieces.err += data
  })
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  const started = { child, out: () => pieces.out, err: () => pieces.err, exited }
  runs.push(started)
  return started
}

const portOf = (started: Run) =>
  until('the banner', () => {
    const port = /at http:\/\/127\.0\.0\.1:(\d+) /.exec(started.out())?.[1]
    return port === undefined ? undefined : Number(port)
  })

describe('the command', () => {
  test.each([['SIGINT'], ['SIGTERM']] as const)('serves until %s, keeps its data and exits with 0', async (signal) => {
    const dataFile = join(folder, 'data.json')
    const first = run('--port', '0', '--data', dataFile)
    const { json } = await controlCall(await portOf(first), 'GET', '/merchant')
    first.child.kill(signal)
    expect(await first.exited).toBe(0)
    expect(first.err()).toBe('')
    const second = run('--port', '0', '--data', dataFile)
    expect((await controlCall(await portOf(second), 'GET', '/merchant')).json).toEqual(json)
  })

  test('writes at its stop what happened just before', async () => {
    const dataFile = join(folder, 'data.json')
    const started = run('--port', '0', '--data', dataFile)
    const made = await controlCall(await portOf(started), 'POST', '/merchants', {})
    started.child.kill('SIGTERM')
    await started.exited
    expect(await readFile(dataFile, 'utf8')).toContain(made.json.mchid)
  })

  test('loses at most a second when it is killed', async () => {
    const dataFile = join(folder, 'data.json')
    const started = run('--port', '0', '--data', dataFile)
    const merchant = await TestMerchant.open(await portOf(started))
    const body = merchant.orderBody()
    const { prepay_id: prepayId } = (await merchant.order(body)).json
    await until('the order in the file', async () => (await readFile(dataFile, 'utf8')).includes(prepayId) || undefined)
    started.child.kill('SIGKILL')
    await started.exited
    const again = new TestMerchant(await portOf(run('--port', '0', '--data', dataFile)), merchant.info)
    expect((await again.query(body.out_trade_no)).json.trade_state).toBe('NOTPAY')
  })

  test('ends connections that are still open', async () => {
    const started = run('--port', '0')
    const response = await fetch(`http://127.0.0.1:${await portOf(started)}/_sim/events`)
    started.child.kill('SIGTERM')
    expect(await started.exited).toBe(0)
    await response.body?.cancel().catch(() => undefined)
  })

  test('explains itself', async () => {
    const help = run('--help')
    expect(await help.exited).toBe(0)
    expect(help.out()).toContain('Usage: wechatpay-simulator')
  })
})

describe('one sentence and exit code 1, no stack trace', () => {
  const failure = async (started: Run) => {
    const code = await started.exited
    expect(started.err()).not.toMatch(/^\s+at /m)
    expect(started.out()).toBe('')
    return { code, err: started.err() }
  }

  test('for a port that is taken', async () => {
    const other = await startSimulator()
    const result = await failure(run('--port', String(other.port)))
    await other.close()
    expect(result).toEqual({ code: 1, err: expect.stringContaining(`127.0.0.1:${other.port} is taken`) })
  })

  test('for a port that is taken by a simulator on the same file, which stays as it is', async () => {
    const dataFile = join(folder, 'data.json')
    const other = await startSimulator({ dataFile })
    const before = await stat(dataFile)
    const result = await failure(run('--port', String(other.port), '--data', dataFile))
    const after = await stat(dataFile)
    await other.close()
    expect(result.err).toContain('is taken')
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  test('for an address that is not of this machine', async () => {
    expect(await failure(run('--port', '0', '--host', '192.0.2.1'))).toEqual({
      code: 1,
      err: expect.stringContaining('--host'),
    })
  })

  test('for a foreign data file', async () => {
    const dataFile = join(folder, 'foreign.json')
    await writeFile(dataFile, '{"name":"something else"}')
    const result = await failure(run('--port', '0', '--data', dataFile))
    expect(result).toEqual({ code: 1, err: expect.stringContaining('was not written by this simulator') })
  })

  test('for an unreadable data file', async () => {
    const result = await failure(run('--port', '0', '--data', folder))
    expect(result).toEqual({ code: 1, err: expect.stringContaining('it is a folder') })
  })

  test('for an option that does not exist, with the usage', async () => {
    const result = await failure(run('--prot', '1'))
    expect(result).toEqual({ code: 1, err: expect.stringContaining('Usage:') })
  })
})
