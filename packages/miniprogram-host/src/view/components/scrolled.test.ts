import type { SwiperElement } from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { driveComponents } from '../../testing/components.ts'

test('a swiper tells which item a finger turned to, by place and by name', async () => {
  const { find, log } = await driveComponents('scrolled')
  await (await find<SwiperElement>('#swiper')).swipeTo(1)
  expect(await log()).toEqual(['change#swiper {"current":1,"currentItemId":"b","source":"touch"}'])
})

test('a swiper follows the app, which is told so without a source, and has a dot for every item', async () => {
  const { find, launched, tap, log } = await driveComponents('scrolled')
  await tap('#turn')
  expect(await (await find('#swiper')).property('current')).toBe(2)
  expect(launched.host?.env.screen.querySelectorAll('wx-swiper-dots > i')).toHaveLength(3)
  expect(await log()).toEqual(['change#swiper {"current":2,"currentItemId":"c","source":""}'])
})

test('a refresh that the app ends is told as restored', async () => {
  const { page, log, tap } = await driveComponents('scrolled')
  await (await page()).setData({ refreshing: true })
  await tap('#settle')
  expect(await log()).toEqual(['refresherrefresh#list {}', 'refresherrestore#list {}'])
})
