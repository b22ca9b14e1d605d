import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { launch } from '../index.ts'
import { drive, FIXTURE } from '../testing/fixture.ts'

/** A copy of the fixture in which some files are different. */
async function variant(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mini-program-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(FIXTURE, folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  return folder
}

const appJson = (more: object): string => JSON.stringify({ pages: ['pages/shop/index'], ...more })

test('code of another sub-package comes by promise or by callback, and its failure says which', async () => {
  const project = await variant({
    'pages/result/helper.js': 'module.exports = { name: "helper" }',
    'app.js': `App({
      answers: [],
      onLaunch() {
        const told = (answer) => this.answers.push(answer)
        require.async('./pages/result/helper.js').then(told)
        require('./pages/result/helper.js', told)
        require.async('./pages/result/none.js').catch(told)
        require('./pages/result/none.js', told, told)
        this.answers.push('later')
      },
    })`,
  })
  const { mini } = await drive({ project })
  const none = { mod: './pages/result/none.js', errMsg: expect.stringContaining('pages/result/none.js') }
  const answers = await mini.evaluate(() => getApp().answers)
  expect(answers).toHaveLength(5)
  expect(answers).toEqual(expect.arrayContaining(['later', { name: 'helper' }, { name: 'helper' }, none, none]))
  expect((answers as unknown[])[0]).toBe('later')
})

test('before App() there is no app, unless a stand-in is asked for, which then becomes the app', async () => {
  const project = await variant({
    'app.js': `const none = getApp() === undefined
      getApp({ allowDefault: true }).early = 1
      const early = getApp({ allowDefault: true })
      App({ none, onLaunch() { this.same = getApp() === early && this.early === 1 } })`,
  })
  const { mini } = await drive({ project })
  expect(await mini.evaluate(() => [getApp().none, getApp().same])).toEqual([true, true])
})

test('a plugin is refused by name, in code and in app.json', async () => {
  const { mini } = await drive()
  const message = await mini.evaluate(
    'function () { try { requirePlugin("charts") } catch (error) { return error.message } }',
  )
  expect(message).toContain('plugin "charts"')
  const project = await variant({ 'app.json': appJson({ plugins: { charts: { version: '1.0.0', provider: 'wx1' } } }) })
  await expect(launch({ project })).rejects.toThrow('app.json uses the plugin charts, which only WeChat has')
})

test('an extended library of WeChat is refused by name', async () => {
  const project = await variant({ 'app.json': appJson({ useExtendedLib: { weui: true } }) })
  await expect(launch({ project })).rejects.toThrow('app.json uses the extended library weui of WeChat')
})

test('entryPagePath decides where a start without a path begins', async () => {
  const project = await variant({
    'app.json': JSON.stringify({
      pages: ['pages/shop/index', 'pages/form/index'],
      entryPagePath: 'pages/form/index',
    }),
  })
  const { mini } = await drive({ project })
  expect((await mini.currentPage())?.path).toBe('pages/form/index')
})

declare function getApp(): Record<string, unknown>
