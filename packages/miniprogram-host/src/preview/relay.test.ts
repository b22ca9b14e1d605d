import automator from 'miniprogram-automator'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { FIXTURE, until } from '../testing/fixture.ts'
import { AUTOMATOR_PATH, type FromPage, type ToPage } from './browser/frames.ts'
import { createFunctionScripts, FUNCTION_PATH } from './function-scripts.ts'
import { createRelay } from './relay.ts'
import { servePreview } from './server.ts'

type Asked = Extract<ToPage, { sequence: number }>

async function start() {
  const preview = await servePreview({ project: FIXTURE, port: 0, automator: { port: 0 } })
  onTestFinished(() => preview.close())
  return { ...preview, wsEndpoint: preview.automator?.wsEndpoint ?? '' }
}

function openSocket(address: string, origin?: string): Promise<WebSocket> {
  const socket = new WebSocket(address.replace('http', 'ws'), origin === undefined ? {} : { origin })
  onTestFinished(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** A page as the relay sees one: it answers every request by its own name, except those it keeps. */
async function openPage(url: string, name: string, keeps: (asked: Asked) => boolean = () => false) {
  const socket = await openSocket(url + AUTOMATOR_PATH, url)
  const asked: Asked[] = []
  socket.on('message', (data) => {
    const frame: ToPage = JSON.parse(String(data))
    if ('left' in frame) return
    asked.push(frame)
    const { sequence } = frame
    if (!keeps(frame)) socket.send(JSON.stringify({ sequence, result: { SDKVersion: '3.0.0', result: name } }))
  })
  return { socket, asked, tell: (frame: FromPage) => socket.send(JSON.stringify(frame)) }
}

async function connect(wsEndpoint: string) {
  const mini = await automator.connect({ wsEndpoint })
  onTestFinished(() => mini.disconnect())
  return mini
}

test('the page that was opened last answers, and after it the one before', async () => {
  const { url, wsEndpoint } = await start()
  await openPage(url, 'first')
  const { socket } = await openPage(url, 'second')
  const mini = await connect(wsEndpoint)
  expect(await mini.callWxMethod('any')).toBe('second')
  socket.close()
  const name = await until(
    () => mini.callWxMethod('any').catch(() => 'second'),
    (answered) => answered !== 'second',
  )
  expect(name).toBe('first')
})

test('a request that came before the page is answered when the page has opened', async () => {
  const { url, wsEndpoint } = await start()
  const connecting = connect(wsEndpoint)
  const { asked } = await openPage(url, 'late')
  expect(await (await connecting).callWxMethod('any')).toBe('late')
  expect(asked.map(({ method }) => method)).toEqual(['Tool.getInfo', 'App.callWxMethod'])
})

test('without a page a request is refused after a while, with the address to open', async () => {
  const functions = createFunctionScripts()
  const relay = createRelay({ url: 'http://127.0.0.1:8702', functions, emit: () => {}, pageWaitMs: 1 })
  await expect(relay.openLine().ask('Tool.getInfo')).rejects.toThrow(
    'No page is open to answer: open http://127.0.0.1:8702 in a browser.',
  )
})

test('a page that goes before it has answered is named as the reason', async () => {
  const { url, wsEndpoint } = await start()
  const page = await openPage(url, 'page', ({ method }) => method === 'App.callWxMethod')
  const refused = expect((await connect(wsEndpoint)).callWxMethod('any')).rejects.toThrow(
    'The page was closed or loaded anew before it answered: ask again.',
  )
  await until(
    () => page.asked.length,
    (count) => count === 2,
  )
  page.socket.close()
  await refused
})

test('two clients are two for the page, and it is told when one goes', async () => {
  const { url, wsEndpoint } = await start()
  const page = await openPage(url, 'page')
  const told = new Promise((resolve) => {
    page.socket.on('message', (data) => {
      const frame: ToPage = JSON.parse(String(data))
      if ('left' in frame) resolve(frame.left)
    })
  })
  const [one] = [await connect(wsEndpoint), await connect(wsEndpoint)]
  const [first, second] = page.asked.map(({ client }) => client)
  expect(first).not.toBe(second)
  one?.disconnect()
  expect(await told).toBe(first)
})

test('only the page in front is heard', async () => {
  const { url, wsEndpoint } = await start()
  const behind = await openPage(url, 'behind')
  const front = await openPage(url, 'front')
  const mini = await connect(wsEndpoint)
  const heard: unknown[] = []
  mini.on('console', (line: unknown) => heard.push(line))
  behind.tell({ event: 'App.logAdded', parameters: { from: 'behind' } })
  front.tell({ event: 'App.logAdded', parameters: { from: 'front' } })
  await until(
    () => heard.length,
    (count) => count > 0,
  )
  expect(heard).toEqual([{ from: 'front' }])
})

test.each([
  ['another site', 'https://evil.example'],
  ['another port of this machine', 'http://127.0.0.1:1'],
  ['nobody', undefined],
])('%s is no page', async (_, origin) => {
  const { url } = await start()
  await expect(openSocket(url + AUTOMATOR_PATH, origin)).rejects.toThrow('403')
})

test('a page has no automator socket unless the port was asked for', async () => {
  const preview = await servePreview({ project: FIXTURE, port: 0 })
  onTestFinished(() => preview.close())
  await expect(openSocket(preview.url + AUTOMATOR_PATH, preview.url)).rejects.toThrow('403')
})

test('a function reaches the page as an address that serves it once', async () => {
  const { url, wsEndpoint } = await start()
  const page = await openPage(url, 'page', ({ method }) => method === 'App.callFunction')
  const mini = await connect(wsEndpoint)
  const evaluated = mini.evaluate(() => 'from the client')
  await until(
    () => page.asked.length,
    (count) => count === 2,
  )
  const { sequence, parameters } = page.asked[1] ?? expect.unreachable()
  const address = String(parameters.functionDeclaration)
  expect(address.startsWith(FUNCTION_PATH)).toBe(true)
  const served = await fetch(url + address)
  expect(served.headers.get('content-type')).toContain('text/javascript')
  expect(await served.text()).toContain('from the client')
  expect((await fetch(url + address)).status).toBe(404)
  page.tell({ sequence, result: { result: 1 } })
  expect(await evaluated).toBe(1)
})

test('a function that the page did not fetch is forgotten with the answer', async () => {
  const { url, wsEndpoint } = await start()
  const page = await openPage(url, 'page')
  await (await connect(wsEndpoint)).evaluate(() => 'never fetched')
  const address = String(page.asked[1]?.parameters.functionDeclaration)
  expect((await fetch(url + address)).status).toBe(404)
})

test('what is no function never becomes a script', async () => {
  const { url, wsEndpoint } = await start()
  const page = await openPage(url, 'page')
  await expect((await connect(wsEndpoint)).evaluate('function () { return 1 +')).rejects.toThrow('cannot be read')
  expect(page.asked.map(({ method }) => method)).toEqual(['Tool.getInfo'])
})
