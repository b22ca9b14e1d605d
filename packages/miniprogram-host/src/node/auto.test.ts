import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import automator from 'miniprogram-automator'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { cliPath } from '../cli-path.ts'
import { FIXTURE, until } from '../testing/fixture.ts'

vi.setConfig({ testTimeout: 30_000 })

/** The command as a client starts it: the file itself, without node in front. */
function auto(...args: string[]): { child: ChildProcess; ended: Promise<unknown>; endpoint: Promise<string> } {
  const child = spawn(cliPath, ['auto', '--project', FIXTURE, '--auto-port', '0', ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))
  const endpoint = new Promise<string>((resolve) => {
    child.stdout.once('data', (text) => resolve(/automator (\S+)/.exec(String(text))?.[1] ?? ''))
  })
  return { child, ended, endpoint }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const isRefused = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`)
    socket.once('error', () => resolve(true))
    socket.once('open', () => {
      socket.terminate()
      resolve(false)
    })
  })

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (parent === pid && child ? [child, ...childrenOf(child)] : []))

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('the unmodified client launches it as it launches DevTools, and its close() ends it', async () => {
  const port = await freePort()
  const mini = await automator.launch({ cliPath, projectPath: FIXTURE, port, trustProject: true, account: 'somebody' })
  expect((await mini.currentPage())?.path).toBe('pages/shop/index')
  await mini.close()
  expect(await until(() => isRefused(port), Boolean)).toBe(true)
})

test('SIGTERM ends it and the browser that it started', async () => {
  const { child, endpoint, ended } = auto('--mode', 'chromium')
  const mini = await automator.connect({ wsEndpoint: await endpoint })
  expect(String(await mini.screenshot()).length).toBeGreaterThan(1000)
  const browser = childrenOf(child.pid ?? 0)
  expect(browser.length).toBeGreaterThan(0)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await until(
    () => browser.filter(isAlive),
    (alive) => alive.length === 0,
  )
})

test('it ends by itself when no client comes', async () => {
  const { ended } = auto('--idle-timeout', '0.1')
  expect(await ended).toBe(0)
})

test('it stays while a client is there, and ends after the last one has left', async () => {
  const { child, endpoint, ended } = auto('--idle-timeout', '0.5')
  const mini = await automator.connect({ wsEndpoint: await endpoint })
  expect((await mini.currentPage())?.path).toBe('pages/shop/index')
  expect(child.exitCode).toBeNull()
  mini.disconnect()
  expect(await ended).toBe(0)
})

test('a build that does not start is one clear sentence', async () => {
  const child = spawn(cliPath, ['auto', '--project', '/nowhere'])
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1)
  expect(said).toMatch(/^There is no app.json in \/nowhere: build the mini-program first/)
})
