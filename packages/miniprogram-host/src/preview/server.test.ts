import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FIXTURE, until } from '../testing/fixture.ts'
import { CARRY } from './browser/carry.ts'
import { type Preview, type PreviewOptions, servePreview } from './server.ts'

const UNUSED = 'http://127.0.0.1:9'

async function start(options: Partial<PreviewOptions> = {}): Promise<Preview> {
  const preview = await servePreview({ project: FIXTURE, port: 0, apiUrl: UNUSED, simulatorUrl: UNUSED, ...options })
  onTestFinished(() => preview.close())
  return preview
}

const carry = (preview: Preview, url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(preview.url + CARRY.path, {
    method: 'POST',
    headers: {
      [CARRY.method]: 'POST',
      [CARRY.url]: url,
      [CARRY.headers]: encodeURIComponent('{"x-a":"b"}'),
      ...headers,
    },
    body: 'c',
  })

async function target(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    else response.writeHead(201, { 'x-seen': String(request.headers['x-a']) }).end(`${request.method}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a request to the API is carried with its method, headers and status', async () => {
  const apiUrl = await target()
  const answer = await carry(await start({ apiUrl }), `${apiUrl}/a`)
  expect([answer.status, answer.headers.get(CARRY.status), await answer.text()]).toEqual([200, '201', 'POST'])
  const headers: [string, string][] = JSON.parse(decodeURIComponent(answer.headers.get(CARRY.headers) ?? ''))
  expect(Object.fromEntries(headers)).toMatchObject({ 'x-seen': 'b' })
})

test.each([
  'http://127.0.0.1:1/',
  'http://localhost:9/',
  'https://example.com/',
  'http://127.0.0.1:9@example.com/',
  'http://127.0.0.1:9.example.com/',
  '//127.0.0.1:9/',
  'file:///etc/passwd',
  'nonsense',
])('a request to %s is not carried', async (url) => {
  const answer = await carry(await start(), url)
  expect([answer.status, await answer.json()]).toEqual([
    403,
    { error: expect.stringContaining('carries requests only to') },
  ])
})

test('a redirect is handed back, not followed', async () => {
  const apiUrl = await target()
  const answer = await carry(await start({ apiUrl }), `${apiUrl}/away`)
  expect(answer.headers.get(CARRY.status)).toBe('302')
})

test('a page of another origin cannot have requests carried, nor anyone without the headers', async () => {
  const preview = await start()
  expect((await carry(preview, UNUSED, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await fetch(preview.url + CARRY.path, { method: 'POST', body: 'x' })).status).toBe(400)
})

test('a name that is not loopback is refused, whoever it leads to', async () => {
  const { port } = await start()
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n'))
    socket.once('data', (data) => {
      socket.destroy()
      resolve(String(data))
    })
  })
  expect(answer).toMatch(/^HTTP\/1.1 403/)
})

test('neither the page nor the logic frame may evaluate strings', async () => {
  const { url } = await start()
  for (const address of ['/', '/-/logic']) {
    const policy = (await fetch(url + address)).headers.get('content-security-policy')
    expect(policy).toMatch(/default-src/)
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
  }
})

test('browser modules come without types, and only from the folders meant for a browser', async () => {
  const { url } = await start()
  const main = await fetch(`${url}/-/app/preview/browser/main.ts`)
  expect(main.headers.get('content-type')).toContain('text/javascript')
  expect(await main.text()).not.toContain('import type')
  for (const closed of [
    'node/launch.ts',
    'preview/server.ts',
    'core/..%2fnode/launch.ts',
    'core/%ff.ts',
    'core/router.test.ts',
    '..%2fpackage.json',
  ]) {
    expect((await fetch(`${url}/-/app/${closed}`)).status).toBe(404)
  }
})

test('a rebuild tells the open pages to reload, a broken one leaves them the last good build', async () => {
  const project = mkdtempSync(path.join(tmpdir(), 'miniprogram-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  cpSync(FIXTURE, project, { recursive: true })
  const problems: string[] = []
  const { url } = await start({ project, onProblem: (problem) => problems.push(problem) })
  const events = (await fetch(`${url}/-/events`)).body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await events?.read())?.value).toContain('event: hello')
  writeFileSync(path.join(project, 'pages/form/index.wxml'), '<view')
  await until(
    () => problems,
    ([problem]) => problem !== undefined,
  )
  expect(problems).toEqual([expect.stringMatching(/^pages\/form\/index.wxml:1: incomplete tag/)])
  cpSync(FIXTURE, project, { recursive: true })
  writeFileSync(path.join(project, 'app.wxss'), 'page { color: red }')
  expect((await events?.read())?.value).toContain('event: reload')
  const { styles } = await (await fetch(`${url}/-/config.json`)).json()
  expect(JSON.stringify(styles['app.wxss'])).toContain('red')
  await events?.cancel()
})

test('scripts of the app are closed to pages of other sites, which may not frame them either', async () => {
  const { url } = await start()
  const { headers } = await fetch(`${url}/-/logic/module/app.js`)
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect((await fetch(`${url}/-/logic`)).headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
})

test('a project without appid is shown without a simulator, with a word about it', async () => {
  const project = mkdtempSync(path.join(tmpdir(), 'miniprogram-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  cpSync(FIXTURE, project, { recursive: true })
  rmSync(path.join(project, 'project.config.json'))
  const problems: string[] = []
  const { url } = await start({ project, onProblem: (problem) => problems.push(problem) })
  expect((await (await fetch(`${url}/-/config.json`)).json()).appid).toBe('touristappid')
  expect(problems).toEqual([
    `No appid: put one into project.config.json, or start the simulator at ${UNUSED}. Until then nobody can log in or pay.`,
  ])
  await expect(start({ project, launched: true })).rejects.toThrow(`No appid: put one into project.config.json`)
})

test('a taken port is one clear sentence', async () => {
  const { port } = await start()
  await expect(start({ port })).rejects.toThrow(
    `Port ${port} is taken: stop what listens there, or give another --port.`,
  )
})
