import { readdirSync, readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { dashboard } from './index.ts'

const PUBLIC = new URL('./public/', import.meta.url)
const names = readdirSync(PUBLIC)
const read = (name: string) => readFileSync(new URL(name, PUBLIC), 'utf8')

test.each(names)('%s is served with its type and under the content security policy', async (name) => {
  const response = await dashboard().request(`/${name}`)
  const types = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain(Object.entries(types).find(([end]) => name.endsWith(end))?.[1])
  expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await response.text()).toBe(read(name))
})

test('the policy allows no inline script, no foreign origin and no markup made from text', async () => {
  const policy = (await dashboard().request('/')).headers.get('content-security-policy')
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test.each([
  ['/', '/', '/'],
  ['/_sim', '/_sim', '/_sim/'],
  ['/_sim', '/_sim/', '/_sim/'],
  ['/_sim/dashboard', '/_sim/dashboard', '/_sim/dashboard/'],
])('mounted under %s the page finds its own files', async (mount, path, base) => {
  const app = new Hono().route(mount, dashboard())
  const page = await (await app.request(path)).text()
  expect(page).toContain(`<base href="${base}" />`)
  const files = [...page.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]+)"/g)].map((match) => match[1])
  expect(files).toContain('main.js')
  for (const file of files) expect((await app.request(base + file)).status).toBe(200)
})

test('a name that is not a file of the page goes on to the next route', async () => {
  const app = new Hono().route('/_sim', dashboard()).get('/_sim/health', (c) => c.text('ok'))
  expect(await (await app.request('/_sim/health')).text()).toBe('ok')
  expect((await app.request('/_sim/../index.ts')).status).toBe(404)
  expect((await app.request('/_sim/%2e%2e%2findex.ts')).status).toBe(404)
})

test('every import of a script is a file of the page', () => {
  const scripts = names.filter((name) => name.endsWith('.js'))
  const imports = scripts.flatMap((name) => [...read(name).matchAll(/from '([^']+)'/g)].map((match) => match[1]))
  expect(imports.length).toBeGreaterThan(20)
  for (const specifier of imports) expect(names).toContain(specifier?.replace('./', ''))
})

test('what strangers sent is never parsed as markup, and the page has no inline script or style', () => {
  const forbidden =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|eval\(|new Function/
  for (const name of names.filter((one) => one.endsWith('.js'))) expect(read(name), name).not.toMatch(forbidden)
  expect(read('index.html')).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=|<style/)
})
