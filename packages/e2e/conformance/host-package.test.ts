import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import automator from 'miniprogram-automator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const host = new URL('../../miniprogram-host/', import.meta.url).pathname
const bin = new URL('../node_modules/.bin/', import.meta.url).pathname
const project = join(host, 'src/testing/fixture')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shouyin-host-')))
const installed = join(folder, 'node_modules/@shouyin/miniprogram-host')
let tarball = ''

const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' })

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
}

/** What a user gets: the packed files and what they depend on, without the optional browser. */
beforeAll(() => {
  run('pnpm', ['pack', '--pack-destination', folder], host)
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
  mkdirSync(installed, { recursive: true })
  run('tar', ['xzf', tarball, '--strip-components=1', '-C', installed], folder)
  for (const name of Object.keys(manifest().dependencies)) {
    mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true })
    symlinkSync(realpathSync(join(host, 'node_modules', name)), join(folder, 'node_modules', name), 'dir')
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest

describe('the packed @shouyin/miniprogram-host', () => {
  it('is a cliPath for the unmodified client', async () => {
    const cliPath = join(installed, manifest().bin['miniprogram-host'] ?? '')
    const mini = await automator.launch({ cliPath, projectPath: project, cwd: folder })
    expect((await mini.currentPage())?.path).toBe('pages/shop/index')
    await mini.close()
  })

  it('launches in Node, and says in one sentence what Chromium mode lacks', () => {
    const script = `import { cliPath, launch } from '@shouyin/miniprogram-host'
const project = process.argv[2]
const app = await launch({ project })
console.log(await app.storage(), cliPath.endsWith('dist/cli.js'))
await app.close()
await launch({ project, mode: 'chromium' }).catch(({ message }) => console.log(message))`
    writeFileSync(join(folder, 'use.mjs'), script)
    const said = run('node', ['use.mjs', project], folder)
    expect(said).toContain('{} true\nChromium mode needs playwright-core and @sparticuz/chromium: npm install')
  })

  it('serves a page whose modules are all in the package', async () => {
    const script = `import { servePreview } from '@shouyin/miniprogram-host'
const preview = await servePreview({ project: process.argv[2], port: 0, appid: 'wx1' })
const read = async (address) => {
  const answer = await fetch(new URL(address, preview.url))
  if (!answer.ok) console.log(answer.status, address)
  return { url: new URL(address, preview.url), text: await answer.text() }
}
const seen = new Set()
const follow = async (address) => {
  if (seen.has(String(address))) return
  seen.add(String(address))
  const { url, text } = await read(address)
  for (const [, path] of text.matchAll(/from ['"]([.][^'"]+)['"]/g)) await follow(new URL(path, url))
}
await follow(/src="(.*main[.]js)"/.exec((await read('/')).text)[1])
console.log(seen.size > 50)
await preview.close()`
    writeFileSync(join(folder, 'serve.mjs'), script)
    expect(run('node', ['serve.mjs', project], folder)).toBe('true\n')
  })

  it('passes publint', () => {
    expect(run(join(bin, 'publint'), [tarball, '--strict'], folder)).toContain('All good')
  })
})
