import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import automator from 'miniprogram-automator'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openBrowser } from './node/chromium.ts'
import { FIXTURE, until } from './testing/fixture.ts'

vi.setConfig({ testTimeout: 30_000 })
const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url))

test.each([
  ['no project', [], '--project is missing.'],
  ['no build', ['--project', '/nowhere'], 'There is no app.json in /nowhere: build the mini-program first'],
  ['a port that is none', ['--project', FIXTURE, '--port', 'x'], '--port is x: give a port between 0 and 65535.'],
  ['an API that is no URL', ['--project', FIXTURE, '--api', 'here'], '--api is here: give a URL such as'],
  ['an unknown option', ['--projekt', FIXTURE], "Unknown option '--projekt'"],
])('%s ends with one clear sentence', async (_, args, sentence) => {
  const ended = promisify(execFile)(process.execPath, [CLI, ...args])
  await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) })
  await expect(ended).rejects.toMatchObject({ stderr: expect.not.stringContaining('    at ') })
})

test('a client of the automator port drives the very page that is open, and SIGTERM ends all', async () => {
  const browser = await openBrowser()
  onTestFinished(() => browser.close())
  const args = ['--project', FIXTURE, '--appid', 'wx1', '--port', '0', '--auto-port', '0']
  const child = spawn(process.execPath, [CLI, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await until(
    () => said,
    (text) => /automator ws:\S+\n/.test(text),
  )
  const page = await browser.newPage()
  await page.goto(/preview (\S+)/.exec(said)?.[1] ?? '')
  const mini = await automator.connect({ wsEndpoint: /automator (\S+)/.exec(said)?.[1] ?? '' })
  await (await (await mini.currentPage())?.$('#maybe'))?.tap()
  expect(await page.locator('#taps').textContent()).toBe('1')
  expect(await mini.evaluate((given: string) => `${given} ran`, 'it')).toBe('it ran')
  await expect(mini.screenshot()).rejects.toThrow('a page cannot photograph itself: launch in Chromium mode')
  mini.disconnect()
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.kill('SIGTERM')
  expect(await ended).toBe('SIGTERM')
})
