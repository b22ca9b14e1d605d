import { expect, test } from 'vitest'
import { checkBuild } from './check.ts'

type App = Record<string, unknown>

const TABS = [
  { pagePath: 'a', text: 'A' },
  { pagePath: 'b', text: 'B' },
]
const APP: App = { pages: ['a', 'b'], tabBar: { list: TABS } }
const EMPTY = { 'a.js': '', 'a.wxml': '', 'b.js': '', 'b.wxml': '' }

const json = (value: unknown): string => JSON.stringify(value)

function check(app: App, files: Record<string, string> = {}, sizes: Record<string, number> = {}): string[] {
  return checkBuild({ 'app.json': json({ ...APP, ...app }), ...EMPTY, ...files }, new Map(Object.entries(sizes)))
}

const withPart = (root: unknown, pages: unknown): App => ({ subPackages: [{ root, pages }] })
const tabs = (...list: unknown[]): App => ({ tabBar: { list } })
const using = (target: string): Record<string, string> => ({ 'a.json': json({ usingComponents: { c: target } }) })
const THEMED = { darkmode: true, themeLocation: 'theme.json', window: { backgroundColor: '@back' } }

test('a sound build has nothing to be told', () => {
  const files = {
    'a.json': json({ navigationStyle: 'custom', usingComponents: { c: '/lib/c' } }),
    'lib/c.json': json({ component: true }),
    'lib/c.js': '',
    'lib/c.wxml': '',
    'part/d.js': '',
    'part/d.wxml': '',
    'theme.json': json({ light: { back: '#fff' }, dark: { back: '#000' } }),
  }
  expect(check({ ...withPart('part', ['d']), ...THEMED, entryPagePath: 'b' }, files, { 'a.js': 1 })).toEqual([])
})

test.each<[string, App, string]>([
  ['pages', { pages: 'a' }, 'app.json lists no pages'],
  ['a page', { pages: ['a', 'b', 3] }, 'app.json: pages[2] is no path'],
  ['a slash', { pages: ['a', 'b', '/c'] }, 'app.json: pages[2] is "/c": leave the slash at the start out.'],
  ['a file', { pages: ['a', 'b', 'c'] }, 'app.json: pages[2] is "c", but there is no c.js'],
  ['a double', { pages: ['a', 'b', 'a'] }, 'app.json: pages[2] is "a", which is listed already: take one out.'],
  ['the entry', { entryPagePath: 'c' }, 'app.json: entryPagePath is "c", which is none of the pages'],
  ['a root', withPart(undefined, ['d']), 'app.json: subPackages[0].root is missing'],
  ['its pages', withPart('part', 'd'), 'app.json: subPackages[0].pages is no list'],
  ['its file', withPart('part', ['d']), 'app.json: subPackages[0].pages[0] is "part/d", but there is no part/d.js'],
  ['one tab', tabs(TABS[0]), 'app.json: tabBar.list has 1 tabs: two to five are possible.'],
  ['six tabs', tabs(...TABS, ...TABS, ...TABS), 'app.json: tabBar.list has 6 tabs'],
  ['no list', { tabBar: {} }, 'app.json: tabBar.list is missing'],
  [
    'a tab’s page',
    tabs(TABS[0], { pagePath: 'c', text: 'C' }),
    'app.json: tabBar.list[1].pagePath is "c", which is none',
  ],
  ['a tab’s text', tabs(TABS[0], { pagePath: 'b' }), 'app.json: tabBar.list[1].text is missing'],
  [
    'a tab’s icon',
    tabs(TABS[0], { ...TABS[1], iconPath: 'i.png' }),
    'app.json: tabBar.list[1].iconPath is "i.png", and there is no such file',
  ],
  [
    'a custom bar',
    { tabBar: { custom: true, list: TABS } },
    'but there is no custom-tab-bar/index.js: add the component.',
  ],
  [
    'a number',
    { window: { onReachBottomDistance: '5' } },
    'app.json: window.onReachBottomDistance is "5": it must be a number.',
  ],
  [
    'a choice',
    { window: { navigationBarTextStyle: 'grey' } },
    'app.json: window.navigationBarTextStyle is "grey": it may be black or white.',
  ],
  [
    'a color',
    { window: { backgroundColor: 3 } },
    'app.json: window.backgroundColor is 3: write a color such as "#ffffff".',
  ],
  ['theme.json', THEMED, 'theme.json is missing from the build'],
])('%s that cannot be is named with its place', (_, app, sentence) => {
  expect(() => check(app)).toThrow(sentence)
})

test.each<[string, Record<string, string>, string]>([
  [
    'a component',
    using('./c'),
    'a.json: usingComponents.c is "./c", and there is no such component: correct the path.',
  ],
  [
    'its code',
    { ...using('./c'), 'c.json': '{"component":true}' },
    'a.json: usingComponents.c is "./c", but there is no c.js.',
  ],
  [
    'its JSON',
    { ...using('./c'), 'c.json': '{}', 'c.js': '', 'c.wxml': '' },
    'which is no component: add "component": true to c.json.',
  ],
  ['a plugin', using('plugin://p/c'), 'a.json: usingComponents.c is "plugin://p/c": this host has no plugins'],
  [
    'a member',
    { 'a.json': json({ enablePullDownRefresh: 'true' }) },
    'a.json: enablePullDownRefresh is "true": it must be a boolean.',
  ],
  ['broken JSON', { 'b.json': '{' }, 'b.json is not valid JSON'],
])('%s of a page that cannot be is named with its file', (_, files, sentence) => {
  expect(() => check({}, files)).toThrow(sentence)
})

test('a variable must be defined for both themes', () => {
  const half = { 'theme.json': json({ light: { back: '#fff' }, dark: {} }) }
  expect(() => check(THEMED, half)).toThrow(
    'app.json: window.backgroundColor is "@back", which theme.json does not define for dark: add it there.',
  )
  expect(() => check(THEMED, { 'theme.json': json({ light: {} }) })).toThrow('theme.json: dark is missing')
})

test('a tab in a sub-package is refused', () => {
  const files = { 'part/d.js': '', 'part/d.wxml': '' }
  const app = { ...withPart('part', ['d']), ...tabs(TABS[0], { pagePath: 'part/d', text: 'D' }) }
  expect(() => check(app, files)).toThrow('tabs belong to the main package.')
})

test('what is refused at the upload only is told', () => {
  const MEGABYTE = 1024 * 1024
  const icons = tabs({ ...TABS[0], iconPath: './big.png', selectedIconPath: '/small.png' }, TABS[1])
  const parts = { subPackages: [{ root: 'part/', pages: [] }] }
  const sizes = {
    'big.png': 41 * 1024,
    'small.png': 40 * 1024,
    'app.js': 2 * MEGABYTE,
    'app.js.map': 9 * MEGABYTE,
    'part/a.js': 2 * MEGABYTE,
    'parted.js': 1,
  }
  expect(check({ ...icons, ...parts }, {}, sizes)).toEqual([
    'app.json: tabBar.list[0].iconPath is "./big.png" of 41 KB: WeChat takes 40 KB at most.',
    'The main package has 2.08 MB: WeChat takes 2 MB at most; move pages into (other) sub-packages.',
  ])
  const many = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`p${index}/a.js`, 2 * MEGABYTE]))
  const roots = Object.keys(many).map((file) => ({ root: file.split('/')[0], pages: [] }))
  expect(check({ subPackages: roots }, {}, many)).toEqual([
    'All packages together have 32.00 MB: WeChat takes 30 MB at most.',
  ])
})

test('what has no effect is told', () => {
  expect(check({ window: { backgroundColor: 'red', navigationBarBackgroundColor: '@bar' } })).toEqual([
    'app.json: window.navigationBarBackgroundColor is "@bar", which means something only with "darkmode": true and "themeLocation" in app.json.',
    'app.json: window.backgroundColor is "red": WeChat knows hexadecimal colors only, such as "#ffffff".',
  ])
})
