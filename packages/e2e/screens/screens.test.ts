import { openBrowser } from '@shouyin/miniprogram-host'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compareSheets } from './compare.ts'
import { devices } from './devices.ts'
import { takeGallery } from './gallery.ts'
import { findOverflow } from './overflow.ts'
import { drawSheet } from './sheet.ts'
import type { Shot } from './stage.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage({ viewport: devices[320] })
})
afterAll(() => browser?.close())

test('on the narrowest phone the page of one thing fits in both themes, without an error of the app', async () => {
  const { sheets, problems } = await takeGallery({ widths: [320], topics: ['goods'] })
  expect(problems).toEqual([])
  const [light, dark] = sheets.map(({ shots }) => shots)
  expect(light?.map(({ name }) => name)).toEqual(dark?.map(({ name }) => name))
  expect(light?.[0]?.png.equals(dark?.[0]?.png ?? Buffer.of())).toBe(false)
})

test.each([
  ['<div style="position: absolute; left: 250px; white-space: nowrap">a long line of words</div>', '"a long line'],
  ['<div style="overflow: auto"><p style="width: 400px">wide</p></div>', 'DIV moves sideways'],
])('text beyond the glass and boxes that move sideways are found: %s', async (html, found) => {
  await page.setContent(`<style>* { margin: 0 }</style><wx-page style="display: block">${html}</wx-page>`)
  expect(await findOverflow(page)).toEqual([expect.stringContaining(found)])
})

test('text that is cut with an ellipsis, or hidden, is no find', async () => {
  const cut =
    '<p style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap">a line that is too long for it</p>'
  const hidden = '<p style="display: none; margin-left: 400px">hidden</p>'
  await page.setContent(`<wx-page style="display: block">${cut}${hidden}</wx-page>`)
  expect(await findOverflow(page)).toEqual([])
})

async function screen(name: string, color: string): Promise<Shot> {
  await page.setContent(`<body style="background: #eee"><p style="color: ${color}">${name}</p></body>`)
  return { name, width: 320, theme: 'light', png: await page.screenshot() }
}

test('the check names the screen that changed, and no other', async () => {
  const [one, other, changed] = [
    await screen('one', '#000'),
    await screen('other', '#000'),
    await screen('other', '#f00'),
  ]
  const sheet = async (...shots: Shot[]) => {
    const webp = await drawSheet(page, shots, 320, 'light')
    return { file: '320-light/shelf.webp', width: 320 as const, shots, webp }
  }
  const committed = await sheet(one, other)
  const files = new Map([[committed.file, committed.webp]])
  expect(await compareSheets(page, [await sheet(one, other)], files)).toEqual([])
  expect(await compareSheets(page, [await sheet(one, changed)], files)).toEqual([`${committed.file}: other`])
  expect(await compareSheets(page, [await sheet(one)], files)).toEqual([
    `${committed.file} has other screens than before`,
  ])
  expect(await compareSheets(page, [committed], new Map())).toEqual([`${committed.file} is new`])
})
