import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readBuild } from './build.ts'
import { launch } from './launch.ts'
import { openProject } from './project.ts'

function folder(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'miniprogram-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return root
}

test('a folder with project.config.json leads to its miniprogramRoot', () => {
  const root = folder({ 'project.config.json': '{ "miniprogramRoot": "dist", "appid": "wx1" }', 'dist/app.json': '{}' })
  expect(openProject(root)).toEqual({ root: path.join(root, 'dist'), appid: 'wx1' })
})

test('a built folder is a project, and the tourist appid is none', () => {
  const root = folder({
    'project.config.json': '{ "miniprogramRoot": "dist", "appid": "touristappid" }',
    'app.json': '{}',
  })
  expect(openProject(root)).toEqual({ root, appid: undefined })
})

const APP = { 'app.json': '{"pages":["a"]}', 'a.js': '', 'a.wxml': '' }

test.each<[string, Record<string, string>, string]>([
  ['no build', {}, 'There is no app.json in'],
  ['a broken project.config.json', { 'project.config.json': '{' }, 'project.config.json is not valid JSON'],
  ['a broken app.json', { 'app.json': '{' }, 'app.json is not valid JSON'],
  ['an app.json without pages', { 'app.json': '{}' }, 'app.json lists no pages: add at least one to "pages".'],
  ['no app.js', APP, "module 'app.js' is not defined: build the mini-program again."],
  ['an app.js without App()', { ...APP, 'app.js': '' }, 'app.js did not call App()'],
  ['a broken template', { ...APP, 'a.wxml': '<view' }, 'a.wxml:1: incomplete tag: correct it and build again.'],
])('%s is one clear sentence', async (_, files, sentence) => {
  await expect(launch({ project: folder(files) })).rejects.toThrow(sentence)
})

test('what a phone would not do as written is told, and the app runs', async () => {
  const files = { ...APP, 'app.js': 'App({})', 'a.js': 'Page({})', 'a.wxss': '.a { background: url(b.png) }' }
  const launched = await launch({ project: folder(files) })
  onTestFinished(launched.close)
  expect(await launched.warnings()).toEqual([
    'a.wxss:1:18: 本地资源图片无法通过 WXSS 获取: "b.png" shows nothing; use https, a data URL or <image>.',
  ])
})

test('a style sheet that WeChat refuses is refused, every line of it', async () => {
  const files = { ...APP, 'app.js': 'App({})', 'a.js': 'Page({})', 'a.wxss': '* {}\n@import "no.wxss";' }
  await expect(launch({ project: folder(files) })).rejects.toThrow(/^a\.wxss:1:1: .*\na\.wxss:2:1: /)
})

test('a build that has changed is read again', () => {
  const root = folder({ ...APP, 'app.js': '', 'a.json': '{}' })
  const before = readBuild(root)
  expect(readBuild(root)).toBe(before)
  writeFileSync(path.join(root, 'a.json'), '{ }')
  expect(readBuild(root).files['a.json']).toBe('{ }')
})
