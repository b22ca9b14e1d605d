import { fileURLToPath } from 'node:url'
import { launch, openBrowser } from '@shouyin/miniprogram-host'
import automator from 'miniprogram-automator'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { eventually } from '../support/wait.ts'
import { buildTaroify, buildTemplate, buildVite } from './builds.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const NATIVE = fileURLToPath(new URL('./native', import.meta.url))
const APPS: [name: string, project: () => Promise<string>, element: string, text: string][] = [
  ["Taro's template", buildTemplate, '.index text', 'Hello world!'],
  ['Taroify', buildTaroify, '#chosen', '0 1 false false first'],
  ['the native app', async () => NATIVE, '#life', 'load show ready'],
  ['the vite build', buildVite, '#note-1', 'bread'],
]

describe.each(APPS)('%s', (_, build, selector, text) => {
  let project: string
  beforeAll(async () => {
    project = await build()
  })

  test('is drawn by a browser, without an error', () => drawn(project, selector, text))
})

async function drawn(project: string, selector: string, text: string): Promise<void> {
  const launched = await launch({ project, mode: 'chromium', browser })
  const errors: string[] = []
  launched.page.on('pageerror', ({ message }) => errors.push(message))
  const mini = await automator.connect({ wsEndpoint: launched.wsEndpoint })
  mini.on('exception', ({ message }: { message: string }) => errors.push(message))
  onTestFinished(async () => {
    mini.disconnect()
    await launched.close()
  })
  const page = await mini.currentPage()
  const element = await eventually(async () => page?.$(selector), Boolean, { what: selector })
  expect(await element?.text()).toContain(text)
  expect(String(await mini.screenshot()).length).toBeGreaterThan(1000)

  const { left, top } = (await element?.offset()) ?? {}
  const { width, height } = (await element?.size()) ?? {}
  const look = () =>
    launched.page.screenshot({ clip: { x: left, y: top, width: Number(width), height: Number(height) } })
  const shown = await look()
  await launched.page.locator('wx-page').evaluate((holder) => holder.style.setProperty('visibility', 'hidden'))
  expect(shown.equals(await look())).toBe(false)
  expect(errors).toEqual([])
}
