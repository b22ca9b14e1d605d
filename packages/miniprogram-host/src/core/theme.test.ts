import { expect, test } from 'vitest'
import { drive, LOOKS } from '../testing/fixture.ts'
import { setConditions } from './conditions.ts'
import { resize } from './resize.ts'

declare function getApp(): unknown

const looks = (theme: 'light' | 'dark', path = 'pages/home/index') =>
  drive({ project: LOOKS, path, conditions: { theme } })

test('bars, style sheets and the app follow the phone’s theme while it runs', async () => {
  const { launched, mini, find } = await looks('light')
  const { host } = launched
  const look = async () => {
    const [page] = host.stack
    const { navigationBarBackgroundColor, navigationBarTextStyle } = page?.window ?? {}
    const background = host.env.window.getComputedStyle(page?.holder ?? host.env.screen).backgroundColor
    return [navigationBarBackgroundColor, navigationBarTextStyle, host.config.tabBar?.color, background]
  }
  expect(await look()).toEqual(['#ffffff', 'black', '#888888', 'rgb(240, 240, 240)'])
  setConditions(host, { theme: 'dark' })
  expect(await look()).toEqual(['#191919', 'white', '#666666', 'rgb(25, 25, 25)'])
  setConditions(host, { theme: 'light' })
  expect(await look()).toEqual(['#ffffff', 'black', '#888888', 'rgb(240, 240, 240)'])
  expect(await mini.evaluate(() => (getApp() as { themes: string[] }).themes)).toEqual(['dark', 'light'])
  expect(await (await find('#page-note')).style('margin-left')).toBe('10px')
})

test('a start in the dark is dark from the first page on', async () => {
  const { launched, mini } = await looks('dark', 'pages/plain/index')
  const [page] = launched.host.stack
  expect(page?.window).toMatchObject({ navigationBarBackgroundColor: '#112233', navigationBarTextStyle: 'white' })
  expect(page?.holder.dataset.theme).toBe('dark')
  expect(await mini.callWxMethod('getAppBaseInfo')).toMatchObject({ theme: 'dark' })
})

test('a color that the app has set stays when the theme changes', async () => {
  const { launched, mini } = await looks('light')
  await mini.callWxMethod('setNavigationBarColor', { frontColor: '#ffffff', backgroundColor: '#ff0000' })
  setConditions(launched.host, { theme: 'dark' })
  expect(launched.host.stack[0]?.window.navigationBarBackgroundColor).toBe('#ff0000')
})

test('without "darkmode" an app stays light and hears of no theme, whatever the phone is', async () => {
  const { launched, mini } = await drive({ conditions: { theme: 'dark' } })
  expect(Object(await mini.callWxMethod('getAppBaseInfo'))).not.toHaveProperty('theme')
  expect(launched.host.stack[0]?.holder.dataset.theme).toBe('light')
  const heard: unknown[] = []
  launched.host.listeners.get('ThemeChange')?.add((told) => heard.push(told))
  setConditions(launched.host, { theme: 'light' })
  setConditions(launched.host, { theme: 'dark' })
  expect(heard).toEqual([])
})

test('a phone of another width gets other lengths, also while the app runs', async () => {
  const { launched, find } = await drive({ project: LOOKS, viewport: { width: 750 } })
  expect(await (await find('#page-note')).style('margin-top')).toBe('6px')
  resize(launched.host, { width: 375 })
  expect(await (await find('#page-note')).style('margin-top')).toBe('3px')
})
