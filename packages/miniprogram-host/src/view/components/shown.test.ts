import type { MovableViewElement } from 'miniprogram-automator/out/Element.js'
import { expect, test } from 'vitest'
import { driveComponents } from '../../testing/components.ts'
import { until } from '../../testing/fixture.ts'

test('rich-text draws the tags that WeChat knows, and neither scripts nor handlers', async () => {
  const { find, text } = await driveComponents('shown')
  expect(await text('#html')).toBe('粗体 & 斜')
  const html = await (await find('#html')).wxml()
  expect(html).toContain('class="big"')
  expect(html).not.toMatch(/script|onclick/)
  expect(await text('#nodes')).toBe('1 < 2')
  expect(await (await find('#nodes')).wxml()).not.toMatch(/iframe|onclick/)
})

test('text decodes entities once and only when asked', async () => {
  const { text, tap } = await driveComponents('shown')
  expect([await text('#decoded'), await text('#plain')]).toEqual(['甲\u00a0乙&lt;', '甲&nbsp;乙&amp;lt;'])
  await tap('#more')
  expect(await text('#decoded')).toBe('丙>')
})

test('what a screen reader is told stands in the document', async () => {
  const { find } = await driveComponents('shown')
  const labelled = await find('#labelled')
  expect([await labelled.attribute('role'), await labelled.attribute('aria-label')]).toEqual([
    'button',
    '付款 三十九元',
  ])
  expect(await (await find('#progress')).attribute('aria-valuenow')).toBe('40')
})

test('hidden hides, and its end shows', async () => {
  const { find, tap } = await driveComponents('shown')
  const hidden = await find('#hidden')
  expect(await hidden.style('display')).toBe('none')
  await tap('#reveal')
  expect(await hidden.style('display')).not.toBe('none')
})

test('an exported animation runs step by step', async () => {
  const { tap, launched } = await driveComponents('shown')
  await tap('#animated')
  const style = launched.host.env.screen.querySelector<HTMLElement>('#animated')?.style
  expect([style?.opacity, style?.transitionDelay ?? '']).toEqual(['0.5', expect.any(String)])
  await until(
    () => style?.transform,
    (transform) => transform === 'rotate(0deg) translate(10px,5px)',
  )
})

test('a button whose disabled is undefined takes a tap; its looks are attributes', async () => {
  const { find, log, tap } = await driveComponents('shown')
  await tap('#busy')
  expect(await log()).toEqual([expect.stringMatching(/^tap#busy/)])
  const busy = await find('#busy')
  const looks = ['type', 'size', 'loading', 'plain', 'disabled']
  expect(await Promise.all(looks.map((name) => busy.attribute(name)))).toEqual(['primary', 'mini', '', '', null])
})

test('a movable view goes where it is drawn to', async () => {
  const { find, log } = await driveComponents('shown')
  await (await find<MovableViewElement>('#movable')).moveTo(30, 40)
  expect(await log()).toEqual(['change#movable {"x":30,"y":40,"source":"touch"}'])
})

test('a step back closes an open page container before it leaves the page', async () => {
  const { tap, log, mini, text } = await driveComponents('shown')
  await tap('#open')
  expect([await log(), await text('#inside')]).toEqual([['enter#container {}'], '里面'])
  await mini.callWxMethod('navigateBack', {})
  expect((await log()).at(-1)).toBe('afterleave#container {}')
})

test('a portal stands in the page itself until it is switched off', async () => {
  const { launched, tap } = await driveComponents('shown')
  const holderOf = () => launched.host?.env.screen.querySelector('#lifted')?.parentElement?.parentElement?.localName
  expect(holderOf()).toBe('wx-page')
  await tap('#reveal')
  expect(holderOf()).toBe('wx-root-portal')
})

test('page-meta sets the style of the page', async () => {
  const { launched } = await driveComponents('shown')
  const page = launched.host?.env.screen.querySelector<HTMLElement>('wx-page')
  expect([page?.style.color, page?.style.fontSize]).toEqual(['rgb(1, 2, 3)', '20px'])
})

test('a web-view opens nothing, and a payment in it fails as at WeChat', async () => {
  const { text, tap } = await driveComponents('web')
  expect(await text('#web')).toMatch(/https:\/\/example.com\/help.*not opened here/s)
  await tap('#web-view-pay')
  expect(await text('#web')).toContain('getBrandWCPayRequest:fail_no permission to execute')
})
