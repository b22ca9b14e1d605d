import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'

const app = fileURLToPath(new URL('../../../apps/miniprogram/', import.meta.url))
/** Not dist/weapp: a test must not leave a build for nowhere where a merchant takes the package from. */
const OUTPUT = 'dist/output-test'
const folder = path.join(app, OUTPUT)
const API = 'https://api.output-test.example'
let files: { name: string; text: string }[] = []

beforeAll(() => {
  execFileSync(process.execPath, ['build.mjs', '--output', OUTPUT], {
    cwd: app,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, API_BASE_URL: API, SIMULATOR_URL: 'http://127.0.0.1:8701' },
  })
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|json|wxml|wxss|wxs)$/.test(name))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }))
})

/** Every place where a pattern occurs, with what stands around it. */
const places = (pattern: RegExp, from = files) =>
  from.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map((hit) => `${name}: ${text.slice(Math.max(0, hit.index - 30), hit.index + 60)}`),
  )
/** Taro and React, which we take as they are; everything else is ours or was brought in by us. */
const isOurs = ({ name }: { name: string }) => !['app.js', 'taro.js', 'runtime.js'].includes(name)

test('the output is a whole mini-program that talks to the API it was built for', () => {
  const config = JSON.parse(files.find(({ name }) => name === 'app.json')?.text ?? '{}')
  const pages = [
    ...config.pages,
    ...config.subPackages.flatMap(({ root, pages }: { root: string; pages: string[] }) =>
      pages.map((page) => `${root}/${page}`),
    ),
  ]
  expect(pages).toContain('products/payments/pages/order/index')
  for (const page of pages)
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining([`${page}.js`, `${page}.json`, `${page}.wxml`]),
    )
  expect(places(/https:\/\/api\.output-test\.example/g)).not.toEqual([])
})

test('nothing of the simulator is in a production build, even when its address is in the environment', () => {
  expect(places(/_sim\b|simulat|SIMULATOR|127\.0\.0\.1|localhost:|getExtConfigSync/g, files.filter(isOurs))).toEqual([])
  expect(places(/_sim\/|SIMULATOR_URL|127\.0\.0\.1/g)).toEqual([])
})

test('no key material is in the output', () => {
  expect(places(/-----BEGIN|PRIVATE KEY|PUB_KEY_ID|MII[A-Za-z0-9+/]{20}/g)).toEqual([])
  expect(places(/app_?secret|session_key|api_?v[23]_?key|merchant_?private/gi)).toEqual([])
})

test('no code is made at run time but what webpack makes to find the global object', () => {
  const made = places(/\beval\s*\(|new Function\b|\bFunction\s*\(\s*["'`]/g)
  expect(made.filter((place) => !/Function\(["']return this["']\)/.test(place))).toEqual([])
})

test('no Proxy of ours: WeChat cannot polyfill it', () => {
  expect(places(/new Proxy\b/g, files.filter(isOurs))).toEqual([])
})

test('what a screen reader is told has a way into the page', () => {
  const template = files.find(({ name }) => name === 'base.wxml')?.text ?? ''
  const tags = (name: string) => template.match(new RegExp(`<${name} [^>]*hover-class=[^>]*>`, 'g')) ?? []
  for (const view of tags('view'))
    for (const part of ['role', 'label', 'live', 'hidden', 'checked']) expect(view).toContain(` aria-${part}="`)
  for (const button of tags('button')) expect(button).toContain(' aria-label="')
  expect(tags('view').length).toBeGreaterThan(1)
  expect(places(/aria-[a-z]+="\{\{i\.\w+\}\}"/g), 'an attribute without a value must not read "undefined"').toEqual([])
})

test('both themes are in the output, for the pages and for what WeChat draws around them', () => {
  const config = JSON.parse(files.find(({ name }) => name === 'app.json')?.text ?? '{}')
  expect(config).toMatchObject({ darkmode: true, themeLocation: 'theme.json' })
  expect(files.map(({ name }) => name)).toContain('theme.json')
  expect(places(/@media ?\(prefers-color-scheme: ?dark\)/g)).not.toEqual([])
})

test('the scan finds what it looks for', () => {
  const bad = [{ name: 'bad.js', text: 'x=new Function("a","b");y=new Proxy({},{});"/_sim/client/login"' }]
  expect(places(/new Function\b/g, bad)).toHaveLength(1)
  expect(places(/new Proxy\b/g, bad)).toHaveLength(1)
  expect(places(/_sim\//g, bad)).toHaveLength(1)
})
