import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { FIXTURE } from '../testing/fixture.ts'
import { launch } from './launch.ts'

async function connect(options: { origin?: string } = {}): Promise<WebSocket> {
  const launched = await launch({ project: FIXTURE })
  const socket = new WebSocket(launched.wsEndpoint, options)
  onTestFinished(async () => {
    socket.terminate()
    await launched.close()
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

async function ask(socket: WebSocket, text: string): Promise<unknown> {
  const answer = new Promise((resolve) => socket.once('message', resolve))
  socket.send(text)
  return JSON.parse(String(await answer))
}

test('a request that is no JSON, no object or of no known method gets an error and the server lives on', async () => {
  const socket = await connect()
  expect(await ask(socket, '{')).toEqual({ error: { message: expect.stringContaining('JSON') } })
  expect(await ask(socket, '7')).toEqual({ error: { message: 'a request is an object with id, method and params' } })
  expect(await ask(socket, '{"id":"1","method":"App.fly"}')).toEqual({
    id: '1',
    error: { message: 'App.fly is not implemented by this host' },
  })
  for (const method of ['constructor', 'toString', '__proto__']) {
    expect(await ask(socket, JSON.stringify({ id: '3', method }))).toEqual({
      id: '3',
      error: { message: `${method} is not implemented by this host` },
    })
  }
  const call = { id: '4', method: 'App.callWxMethod', params: { method: 'constructor', args: [] } }
  expect(await ask(socket, JSON.stringify(call))).toEqual({ id: '4', error: { message: 'wx.constructor not exists' } })
  expect(await ask(socket, '{"id":"2","method":"Tool.getInfo"}')).toMatchObject({
    id: '2',
    result: { SDKVersion: '3.8.12' },
  })
})

test('a web page may not connect, whatever its origin', async () => {
  await expect(connect({ origin: 'http://127.0.0.1:8702' })).rejects.toThrow('401')
})
