import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openBrowser } from '../node/chromium.ts'
import { FIXTURE, LOOKS } from '../testing/fixture.ts'
import { servePreview } from './server.ts'

vi.setConfig({ testTimeout: 30_000 })
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** The preview page as a developer opens it, with a build that may be changed. */
async function open(fixture = FIXTURE, search = ''): Promise<{ page: Page; project: string; appid: string }> {
  const project = mkdtempSync(path.join(os.tmpdir(), 'preview-panel-'))
  cpSync(fixture, project, { recursive: true })
  const preview = await servePreview({ project, port: 0 })
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } })
  onTestFinished(async () => {
    await context.close()
    await preview.close()
    rmSync(project, { recursive: true })
  })
  const page = await context.newPage()
  await page.goto(preview.url + search)
  await page.locator('wx-page').waitFor()
  return { page, project, appid: preview.appid }
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

test('device, theme and text size change the phone, and outlive a reload', async () => {
  const { page } = await open(LOOKS)
  await page.getByLabel('Theme').selectOption('dark')
  await page.locator('wx-page[data-theme=dark]').waitFor()
  await page.getByLabel('Text size').selectOption('23')
  await page.getByLabel('Device').selectOption('iPhone 15 Pro Max')
  await page.locator('#host-phone[style*="width: 430px"]').waitFor()
  expect(await page.locator('#host-phone').boundingBox()).toMatchObject({ width: 430, height: 932 })
  await page.reload()
  await page.locator('wx-page[data-theme=dark]').waitFor()
  expect(await page.getByLabel('Text size').inputValue()).toBe('23')
})

test('offline the app is told so, and the network tab says what failed', async () => {
  const { page } = await open(FIXTURE, `/?path=${encodeURIComponent('pages/shop/index?url=https://shop.example/')}`)
  await page.getByLabel('Network', { exact: true }).selectOption('none')
  await page.locator('#fetch').click()
  await page.locator('#answer', { hasText: 'INTERNET_DISCONNECTED' }).waitFor()
})

test('the console shows what was logged and what was not caught', async () => {
  const { page } = await open()
  await page.locator('#throw').click()
  await page.locator('.panel-problems', { hasText: 'broken page' }).waitFor()
  await tab(page, 'Console')
  expect(await page.locator('.panel-console li').allTextContents()).toEqual([
    expect.stringContaining('broken page'),
    'about to fail {"a":1}',
  ])
})

test('the pages that are open are listed, and a rebuild keeps the one that is shown', async () => {
  const { page, project } = await open()
  await page.locator('#go').click()
  await page.locator('.panel-stack li', { hasText: 'pages/result/index?id=7' }).waitFor()
  expect(await page.locator('.panel-stack li').count()).toBe(2)
  const file = path.join(project, 'pages/result/index.wxml')
  writeFileSync(file, `${readFileSync(file, 'utf8')}<view id="fresh">新</view>`)
  await page.locator('#fresh').waitFor()
  expect(await page.locator('.panel-stack li').allTextContents()).toEqual(['pages/result/index?id=7&name=%E5%8F%AF'])
})

test('a way in is tried cold and in the running app', async () => {
  const { page } = await open()
  await page.getByLabel('Page', { exact: true }).fill('pages/result/index?id=1')
  await page.getByLabel('Way in').selectOption('code')
  await page.getByLabel('Detail', { exact: true }).fill('桌 7')
  await page.getByRole('button', { name: 'Open cold' }).click()
  const scene = encodeURIComponent('桌 7')
  await page.locator('.panel-stack', { hasText: `pages/result/index?id=1&scene=${scene}` }).waitFor()
  expect(new URL(page.url()).searchParams.get('scene')).toBe('1047')
  await page.getByLabel('Page', { exact: true }).fill('pages/form/index')
  await page.getByLabel('Way in').selectOption('card')
  await page.getByRole('button', { name: 'Open in the running app' }).click()
  await page.locator('.panel-stack', { hasText: 'pages/form/index' }).waitFor()
})

test('what is stored is shown as it changes, and can be taken away', async () => {
  const { page, appid } = await open()
  const key = `miniprogram:${appid}:cart`
  const store = (value: string) =>
    page.evaluate(([name, text]) => localStorage.setItem(String(name), String(text)), [key, value])
  await store('{"a":1}')
  await tab(page, 'Storage')
  await page.locator('.panel-storage', { hasText: '"a": 1' }).waitFor()
  await page.getByRole('button', { name: 'Remove cart' }).click()
  expect(await page.locator('.panel-storage dt').count()).toBe(0)
})

test('on a narrow screen the phone fills it and nothing is cut', async () => {
  const { page } = await open()
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
})
