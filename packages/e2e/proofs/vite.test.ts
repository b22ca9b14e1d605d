import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildVite } from './builds.ts'
import { open } from './phone.ts'

let project: string
beforeAll(async () => {
  project = await buildVite()
})

test('a build by vite types, adds, opens a sub-package and comes back', async () => {
  const phone = await open(project)
  expect(await phone.text('#notes')).toBe('milk\nbread')
  await (await phone.field('#typed')).input('salt')
  await phone.tap('#add')
  await phone.sees('#notes', 'milk\nbread\nsalt')

  await phone.tap('#note-1')
  await phone.sees('#note', 'bread')
  await phone.tap('#remove')
  await phone.sees('#notes', 'milk\nsalt')
  expect(await phone.storage()).toEqual({ last: 'salt' })
  expect(phone.failures).toEqual([])
})

test('a button that its state disables does nothing', async () => {
  const phone = await open(project)
  await phone.tap('#add')
  expect(await phone.text('#notes')).toBe('milk\nbread')
})

test('pulling down runs its hook', async () => {
  const phone = await open(project)
  await phone.mini.callWxMethod('startPullDownRefresh')
  await phone.sees('#pulls', '1')
})

test('the style sheet and the element agree on the name that a CSS module made', async () => {
  const phone = await open(project)
  const className = await (await phone.find('#note-0')).attribute('class')
  expect(className).toMatch(/.__note$/)
  expect(await readFile(path.join(project, 'pages/index/index.wxss'), 'utf8')).toContain(`.${className}{padding:20rpx}`)
})
