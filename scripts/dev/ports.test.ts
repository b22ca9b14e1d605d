import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { requireFree } from './ports.ts'

async function listen(host: string): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is named with its holder and the setting', async (host) => {
  const port = await listen(host)
  const refusal = requireFree(port, 'SERVER_PORT')
  await expect(refusal).rejects.toThrow(`port ${port} is taken by process ${process.pid} (`)
  await expect(refusal).rejects.toThrow(/\): end that program, or set SERVER_PORT to another port$/)
})

test('a free port is found free, again and again', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  const port = address && typeof address === 'object' ? address.port : 0
  await requireFree(port, 'SERVER_PORT')
  await requireFree(port, 'SERVER_PORT')
})
