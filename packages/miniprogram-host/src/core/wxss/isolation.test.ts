import { expect, test } from 'vitest'
import { type Driven, drive, LOOKS, until } from '../../testing/fixture.ts'
import { isolationOf } from './isolation.ts'

const looks = (path?: string): Promise<Driven> => drive({ project: LOOKS, ...(path !== undefined && { path }) })

/** What the sheets of app (z-index), page (margin-left) and component (padding-left) have made of an element. */
async function lookOf({ find }: Driven, selector: string) {
  const element = await find(selector)
  const [level, margin, padding] = await Promise.all(
    ['z-index', 'margin-left', 'padding-left'].map((name) => element.style(name)),
  )
  return { level, margin, padding }
}

const NONE = { level: '', margin: '', padding: '' }
const APP_AND_PAGE = { level: '1', margin: '10px', padding: '' }

test('app.wxss and the page’s sheet reach the page, the sheet of a shared component, too', async () => {
  expect(await lookOf(await looks(), '#page-note')).toEqual({ ...APP_AND_PAGE, padding: '4px' })
})

test('nothing gets into an isolated component, and nothing out of it', async () => {
  const driven = await looks()
  expect(await lookOf(driven, '#isolated .inner')).toEqual({ ...NONE, padding: '1px' })
  expect(await (await driven.find('#isolated .mark')).style('color')).toBe('rgb(2, 0, 0)')
})

test('the component’s own element and its slot’s content belong to the page', async () => {
  const driven = await looks()
  expect(await lookOf(driven, '#isolated')).toEqual({ ...APP_AND_PAGE, padding: '4px' })
  expect(await lookOf(driven, '#slotted')).toEqual({ ...APP_AND_PAGE, padding: '4px' })
})

test('`:host` is the component’s own element, whether it has a scope of its own or not', async () => {
  const { find } = await looks()
  expect(await (await find('#isolated')).style('display')).toBe('flex')
  expect(await (await find('#shared')).style('display')).toBe('grid')
})

test.each([
  ['#sharing', '2px'],
  ['#by-options', '3px'],
])('%s takes what app, page and shared components give, and keeps its own', async (selector, padding) => {
  const { find } = await looks()
  const inner = await (await find(selector)).$('.note')
  const look = await Promise.all(['z-index', 'margin-left', 'padding-left'].map((name) => inner?.style(name)))
  // Of two rules of one weight the later sheet wins: that of the shared component stands after.
  expect(look).toEqual(['1', '10px', expect.stringMatching(new RegExp(`^(${padding}|4px)$`))])
})

test('a class that is handed in is styled by whoever wrote it, and stands on the document under its own name', async () => {
  const driven = await looks()
  expect(await lookOf(driven, '#outfit .note')).toEqual({ ...APP_AND_PAGE, padding: '5px' })
  expect(await lookOf(driven, '#virtual')).toEqual({ ...APP_AND_PAGE, padding: '4px' })
  expect(await (await driven.find('#virtual')).style('width')).toBe('10px')
})

test('`~name` within an isolated component is the page’s class', async () => {
  expect(await (await (await looks()).find('#isolated .far')).style('color')).toBe('rgb(1, 1, 1)')
})

test('a tag selector of app.wxss reaches into isolated components, as on a phone', async () => {
  expect(await (await (await looks()).find('#isolated .mark')).style('letter-spacing')).toBe('3px')
})

test('a page’s sheet stays on its page, and where app.wxss does not hold nothing of it arrives', async () => {
  expect(await lookOf(await looks('pages/plain/index'), '#note')).toEqual({ ...NONE, level: '1' })
  expect(await lookOf(await looks('pages/alone/index'), '#note')).toEqual({ ...NONE, margin: '11px' })
  expect(await lookOf(await looks('apart/index'), '#note')).toEqual(NONE)
})

test('`page >` means the first elements of the page, and 1rpx never becomes nothing', async () => {
  expect(await (await (await looks()).find('#page-note')).style('margin-top')).toBe('3px')
})

test('a hover class is of the component that wrote it', async () => {
  const { launched, find } = await looks()
  const { window, screen } = launched.host.env
  const inner = screen.querySelector('#isolated .inner')
  const opacity = async () => (await find('#isolated .inner')).style('opacity')
  inner?.dispatchEvent(new window.Event('pointerdown', { bubbles: true }))
  await until(opacity, (value) => value === '0.5')
  inner?.dispatchEvent(new window.Event('pointerup', { bubbles: true }))
  await until(opacity, (value) => value !== '0.5')
  expect(inner?.className).toBe('note wx_cards_isolated--note inner wx_cards_isolated--inner')
})

test('ids and class names stand on the document as they were written', async () => {
  const { find, page } = await looks()
  expect(await (await find('#page-note')).attribute('class')).toBe('note')
  expect(await (await page()).$$('.mark')).toHaveLength(1)
  expect(await (await find('#isolated .inner')).attribute('class')).toBe('note inner')
  expect(await (await find('#outfit')).outerWxml()).toBe(
    '<outfit id="outfit"><view class="plain note">外</view></outfit>',
  )
})

test('a component of an npm package is found in miniprogram_npm', async () => {
  expect(await (await (await looks()).find('.badge')).style('color')).toBe('rgb(3, 0, 0)')
})

test.each([
  [{ isPage: true }, { scope: '', isShared: true, isWithoutApp: false }],
  [{ isPage: false }, { scope: 'wx_a_b-c', isShared: false, isWithoutApp: false }],
  [{ json: { addGlobalClass: true } }, { scope: 'wx_a_b-c', isShared: true, isWithoutApp: false }],
  [
    { json: { styleIsolation: 'apply-shared' }, hasSheet: false },
    { scope: '', isShared: true, isWithoutApp: false },
  ],
  [
    { json: { styleIsolation: 'shared' }, options: { styleIsolation: 'isolated' } },
    { scope: '', isShared: true, isWithoutApp: false },
  ],
  [{ json: { styleIsolation: 'page-isolated' } }, { scope: 'wx_a_b-c', isShared: false, isWithoutApp: true }],
  [{ json: { styleIsolation: 'page-shared' } }, { scope: '', isShared: true, isWithoutApp: true }],
  [{ json: { styleIsolation: 'typo' } }, { scope: 'wx_a_b-c', isShared: false, isWithoutApp: false }],
])('%o is isolated as %o', (question, isolation) => {
  expect(
    isolationOf({ path: 'a/b.c', isPage: false, json: {}, options: undefined, hasSheet: true, ...question }),
  ).toEqual(isolation)
})
