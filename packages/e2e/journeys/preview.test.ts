import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser, type Preview, servePreview } from '@shouyin/miniprogram-host'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../support/house.ts'
import { addressesOf, buildMiniprogram } from '../support/miniprogram.ts'

const SHOTS = fileURLToPath(new URL('../dist/screenshots/', import.meta.url))
let house: House
let preview: Preview
let browser: Browser

beforeAll(async () => {
  const [opened, project] = await Promise.all([openHouse(), buildMiniprogram()])
  house = opened
  const { apiBaseUrl: apiUrl, simulatorUrl } = addressesOf(house)
  preview = await servePreview({ project, port: 0, apiUrl, simulatorUrl })
  browser = await openBrowser()
  mkdirSync(SHOTS, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await preview?.close()
  await house?.close()
})

test('in an ordinary browser a person pays on the sheet and lands on a paid order', async () => {
  const page = await browser.newPage({ viewport: { width: 1100, height: 860 } })
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(preview.url)
  await page.locator('#goods-towel').click()
  await page.locator('#add').click()
  await page.locator('#cart').click()
  await page.locator('#checkout').click()
  await page.locator('#pay').click()
  expect(await page.locator('#sheet-amount').textContent()).toBe('¥39.00')
  await page.screenshot({ path: `${SHOTS}sheet.png` })
  await page.locator('#sheet-pay').click()
  await page.locator('#order-status', { hasText: '已支付' }).waitFor()
  await page.screenshot({ path: `${SHOTS}paid.png` })
  expect(failures).toEqual([])
  expect((await house.simulated.transactions())[0]?.tradeState).toBe('SUCCESS')

  const shopper = await page.locator('#host-panel code').first().textContent()
  await page.reload()
  await page.locator('#goods-towel').waitFor()
  expect(await page.locator('#host-panel code').first().textContent()).toBe(shopper)
  await page.close()
})

test('neither the page nor the thread of the app runs code from strings', async () => {
  const page = await browser.newPage()
  await page.goto(preview.url)
  await page.locator('#goods-towel').waitFor()
  // In a timer: what a debugger evaluates directly is exempt from the policy.
  const refused = page.frames().map((frame) =>
    frame.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              resolve(new Function('return "ran"')())
            } catch (error) {
              resolve((error as Error).name)
            }
          }, 0)
        }),
    ),
  )
  expect(await Promise.all(refused)).toEqual(['EvalError', 'EvalError'])
  await page.close()
})
