import type { ScrollViewElement } from 'miniprogram-automator/out/Element.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launch, openBrowser } from '../../index.ts'
import { COMPONENTS, hearing } from '../../testing/components.ts'
import { connect, until } from '../../testing/fixture.ts'

/** What needs boxes with sizes and a finger that moves. */
vi.setConfig({ testTimeout: 30_000 })
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function open(page: string) {
  const options = { project: COMPONENTS, path: `pages/${page}/index`, mode: 'chromium', browser } as const
  const driven = await connect(await launch(options))
  return { ...driven, ...hearing(driven), glass: driven.launched.page }
}

const boxOf = async (glass: Page, selector: string) => {
  const box = await glass.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} has no box`)
  return box
}

async function drag(glass: Page, selector: string, from: [number, number], to: [number, number]): Promise<void> {
  const { x, y } = await boxOf(glass, selector)
  await glass.mouse.move(x + from[0], y + from[1])
  await glass.mouse.down()
  await glass.mouse.move(x + to[0], y + to[1], { steps: 4 })
  await glass.mouse.up()
}

test('a finger drags a slider to its end', async () => {
  const { glass, log } = await open('fields')
  const { width } = await boxOf(glass, '#slider')
  await drag(glass, '#slider .slider-handle', [5, 5], [width, 5])
  expect((await log()).filter((line) => line.startsWith('change#slider'))).toEqual(['change#slider {"value":20}'])
})

test('a finger drags a movable view to the edge of its area', async () => {
  const { glass, log } = await open('shown')
  await drag(glass, '#movable', [2, 2], [400, 7])
  expect((await log()).at(-1)).toBe('change#movable {"x":90,"y":25,"source":"touch"}')
})

test('scroll-view tells each end once until it was left', async () => {
  const { find, log } = await open('scrolled')
  const list = await find<ScrollViewElement>('#list')
  const ends = async () => (await log()).filter((line) => /^scrollto/.test(line))
  await list.scrollTo(0, 395)
  await until(ends, (lines) => lines.length === 1)
  await list.scrollTo(0, 400)
  await list.scrollTo(0, 0)
  await until(ends, (lines) => lines.length === 2)
  expect(await ends()).toEqual(['scrolltolower#list {"direction":"bottom"}', 'scrolltoupper#list {"direction":"top"}'])
})

test('scroll-into-view brings a row to the top', async () => {
  const { tap, glass } = await open('scrolled')
  await tap('#settle')
  await until(
    () => glass.locator('#list').evaluate((list) => list.scrollTop),
    (top) => top === 400,
  )
})

test('a scroll-view begins at the row that it is given, an input with the focus', async () => {
  const { glass, log } = await open('nested')
  expect(await glass.locator('#list').evaluate((list) => list.scrollTop)).toBe(400)
  expect(await log()).toContain('focus#ready {"value":"","height":0}')
})

test('a picture is found beside its WXML, in a component, and among the files of the run', async () => {
  const { glass, log } = await open('nested')
  await until(log, (lines) =>
    ['#relative', '#stored'].every((id) => lines.includes(`load${id} {"width":1,"height":1}`)),
  )
  expect(await glass.locator('#own > img').evaluate((picture) => (picture as HTMLImageElement).naturalWidth)).toBe(1)
})

test('a finger that swipes turns the swiper', async () => {
  const { glass, log } = await open('scrolled')
  await glass.locator('#swiper wx-swiper-track').evaluate((track) => track.scrollTo({ left: track.clientWidth }))
  await until(log, (lines) => lines.some((line) => line.startsWith('animationfinish')))
  expect((await log()).filter((line) => line.startsWith('change'))).toEqual([
    'change#swiper {"current":1,"currentItemId":"b","source":"touch"}',
  ])
})

test('a wheel that stops tells its place', async () => {
  const { glass, log } = await open('fields')
  await until(
    () => glass.locator('#column').evaluate((column) => column.scrollTop),
    (top) => top === 34,
  )
  await glass.locator('#column').evaluate((column) => column.scrollTo({ top: 68 }))
  await until(log, (lines) => lines.includes('change#wheel {"value":[2]}'))
})

test('a picture tells its size, takes the shape of its mode, and says when it is not there', async () => {
  const { glass, log } = await open('shown')
  const told = async () => (await log()).filter((line) => /#(drawn|missing)/.test(line)).sort()
  await until(told, (lines) => lines.length === 2)
  expect(await told()).toEqual([
    expect.stringMatching(/^error#missing .*none.png/),
    'load#drawn {"width":4,"height":2}',
  ])
  expect(await boxOf(glass, '#drawn')).toMatchObject({ width: 80, height: 40 })
  const { loading, style } = await glass.locator('#late > img').evaluate((picture) => ({
    loading: picture.getAttribute('loading'),
    style: `${picture.style.objectFit} ${picture.style.objectPosition}`,
  }))
  expect([loading, style]).toEqual(['lazy', 'none left top'])
})

test('typing with a keyboard and enter are input and confirm', async () => {
  const { glass, log } = await open('fields')
  await glass.locator('#bound').click()
  await glass.keyboard.press('End')
  await glass.keyboard.type('x')
  await glass.keyboard.press('Enter')
  await until(log, (lines) => lines.some((line) => line.startsWith('confirm#bound')))
  expect((await log()).find((line) => line.startsWith('input#bound'))).toContain('"value":"先写的x"')
})

test('nothing but the picture of an icon, a progress bar and a swiper is wider than the phone', async () => {
  const { glass, mini } = await open('shown')
  const width = await glass.locator('page-root').evaluate((root) => [root.scrollWidth, root.clientWidth])
  expect(width[0]).toBe(width[1])
  const picture = await mini.screenshot()
  expect(Buffer.from(String(picture), 'base64').subarray(1, 4).toString()).toBe('PNG')
})
