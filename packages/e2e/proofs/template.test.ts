import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildTemplate } from './builds.ts'
import { open } from './phone.ts'

let project: string
beforeAll(async () => {
  project = await buildTemplate()
})

test("Taro's own React template opens and greets", async () => {
  const phone = await open(project)
  const page = await phone.page()
  expect(page.path).toBe('pages/index/index')
  expect(await phone.text('.index text')).toBe('Hello world!')
  expect(phone.failures).toEqual([])
})

test('its hooks have run by then: the app was launched, the page was loaded', async () => {
  const said: unknown[] = []
  const phone = await open(project)
  phone.mini.on('console', ({ args }: { args: unknown[] }) => said.push(...args))
  await phone.mini.callWxMethod('reLaunch', { url: '/pages/index/index' })
  await expect.poll(() => said).toContain('Page loaded.')
})

test('the title of its page is the one that its JSON names', async () => {
  const phone = await open(project)
  const json = JSON.parse(readFileSync(path.join(project, 'dist/pages/index/index.json'), 'utf8'))
  expect(phone.host.stack.at(-1)?.window.navigationBarTitleText).toBe(json.navigationBarTitleText)
})
