import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { scratchDataDir } from './scratch.ts'

const PORTS = { SERVER_PORT: '1', SIMULATOR_PORT: '2', PREVIEW_PORT: '3' }

async function dev(env: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  const script = fileURLToPath(new URL('../dev.ts', import.meta.url))
  const child = spawn(process.execPath, [script, '--no-preview'], {
    env: { ...process.env, DATABASE_URL: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill())
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, out, err }
}

async function listeningPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return String(address && typeof address === 'object' ? address.port : 0)
}

const oneSentence = (sentence: RegExp) => ({ code: 1, out: '', err: expect.stringMatching(sentence) })

test('a taken port', async () => {
  const taken = await listeningPort()
  const outcome = await dev({ DATA_DIR: scratchDataDir(), SERVER_PORT: taken })
  expect(outcome).toEqual(
    oneSentence(new RegExp(`^port ${taken} is taken by process ${process.pid} .*SERVER_PORT.*\n$`)),
  )
})

test('a data folder that is none', async () => {
  const file = join(scratchDataDir(), 'file')
  writeFileSync(file, '')
  expect(await dev({ ...PORTS, DATA_DIR: file })).toEqual(
    oneSentence(/^the data folder .*file cannot be used .*DATA_DIR.*\n$/),
  )
})

test('a wrong DATABASE_URL', async () => {
  const env = { DATA_DIR: scratchDataDir(), DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/shop' }
  // No system gives these to a client of its own.
  const outcome = await dev({ ...env, SERVER_PORT: '18717', SIMULATOR_PORT: '18718' })
  expect(outcome).toEqual(oneSentence(/^the database at 127.0.0.1:1 refuses .*DATABASE_URL.*\n$/))
  expect(outcome.err).not.toContain('secret')
})

test('a port that is none', async () => {
  expect(await dev({ SERVER_PORT: 'http' })).toEqual(oneSentence(/^SERVER_PORT=http is no port.*\n$/))
})
