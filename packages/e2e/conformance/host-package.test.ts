import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Packed, packPackage } from '../support/packed.ts'

const host = new URL('../../miniprogram-host/', import.meta.url).pathname
const bin = new URL('../node_modules/.bin/', import.meta.url).pathname
let packed: Packed
let app = ''

const APP = {
  'app.json': '{ "pages": ["pages/first/index"] }',
  'app.js': 'App({})',
  'pages/first/index.js': 'Page({ data: { text: "到了" } })',
  'pages/first/index.wxml': '<view id="text">{{text}}</view>',
}

/** With its dependencies, without the optional ones, and beside an app of the user's own. */
beforeAll(() => {
  packed = packPackage('@shouyin/miniprogram-host', host)
  app = join(packed.folder, 'app')
  const manifest = JSON.parse(readFileSync(join(packed.installed, 'package.json'), 'utf8')) as { dependencies: object }
  for (const name of [...Object.keys(manifest.dependencies), 'miniprogram-automator']) packed.link(name)
  for (const [file, text] of Object.entries(APP)) {
    mkdirSync(dirname(join(app, file)), { recursive: true })
    writeFileSync(join(app, file), text)
  }
}, 60_000)
afterAll(() => packed.remove())

/** The address that the bin prints, once it serves. */
async function servePage(): Promise<string> {
  const child = spawn('node', [join(packed.installed, 'dist/cli.js'), '--project', app, '--port', '0'])
  onTestFinished(() => void child.kill())
  const complaints: string[] = []
  child.stderr.on('data', (data) => complaints.push(String(data)))
  for await (const data of child.stdout) {
    const address = /preview (\S+)/.exec(String(data))?.[1]
    if (address) return address
  }
  throw new Error(complaints.join(''))
}

const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g
const NAMED = /(?:src|href)="(\/[^"]+)"/g

/** Follows scripts and imports from the page on, as a browser does; answers the status of each. */
async function crawl(url: string): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  const visit = async (address: string): Promise<void> => {
    if (found.has(address)) return
    found.set(address, 0)
    const answer = await fetch(url + address)
    found.set(address, answer.status)
    const type = answer.headers.get('content-type') ?? ''
    if (!/html|javascript/.test(type)) return void (await answer.body?.cancel())
    const text = await answer.text()
    const next = text.matchAll(type.includes('html') ? NAMED : IMPORTED)
    await Promise.all(Array.from(next, ([, name = '']) => visit(new URL(name, url + address).pathname)))
  }
  await visit('/')
  await visit('/-/logic')
  return found
}

const launching = `import { cliPath, launch } from '@shouyin/miniprogram-host'
import automator from 'miniprogram-automator'
import { accessSync, constants } from 'node:fs'
accessSync(cliPath, constants.X_OK)
const app = await launch({ project: 'app' })
const mini = await automator.connect({ wsEndpoint: app.wsEndpoint })
const page = await mini.currentPage()
console.log(await (await page.$('#text')).text())
mini.disconnect()
await app.close()
await launch({ project: 'app', mode: 'chromium' }).catch(({ message }) => console.log(message))
`

describe('the packed @shouyin/miniprogram-host', () => {
  it('serves its page, and every module that the page loads', async () => {
    const url = await servePage()
    const found = await crawl(url)
    expect([...found].filter(([, status]) => status !== 200)).toEqual([])
    const modules = [...found.keys()]
    expect(modules.length).toBeGreaterThan(100)
    expect(modules).toContain('/-/logic/module/pages/first/index.js')
    expect(modules.filter((name) => name.endsWith('.ts'))).toEqual([])
  })

  it('launches in Node, and says what Chromium mode needs', async () => {
    writeFileSync(join(packed.folder, 'launching.mjs'), launching)
    const { stdout } = await promisify(execFile)('node', ['launching.mjs'], { cwd: packed.folder })
    expect(stdout.split('\n')).toEqual(['到了', expect.stringContaining('npm install --save-dev playwright-core'), ''])
  })

  it('passes publint and attw, and has no tests', () => {
    expect(packed.run(join(bin, 'publint'), [packed.tarball, '--strict'])).toContain('All good')
    expect(packed.run(join(bin, 'attw'), [packed.tarball, '--profile', 'esm-only', '--format', 'json'])).toBeTruthy()
    expect(
      packed
        .run('tar', ['tzf', packed.tarball])
        .split('\n')
        .filter((file) => /\.test\.|testing\//.test(file)),
    ).toEqual([])
  })
})
