import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import automator from 'miniprogram-automator'
import { expect, onTestFinished, test } from 'vitest'
import { FIXTURE, until } from './testing/fixture.ts'

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

test('the page is served, the automator listens when asked to, and SIGTERM ends both', async () => {
  const child = spawn(process.execPath, [CLI, '--project', FIXTURE, '--port', '0', '--auto-port', '0'])
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await until(
    () => said,
    (text) => /automator ws:\S+\n/.test(text),
  )
  const page = await fetch(/preview (\S+)/.exec(said)?.[1] ?? '')
  expect(await page.text()).toContain('<title>Mini-program preview</title>')
  const mini = await automator.connect({ wsEndpoint: /automator (\S+)/.exec(said)?.[1] ?? '' })
  expect((await mini.currentPage())?.path).toBe('pages/shop/index')
  mini.disconnect()
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.kill('SIGTERM')
  expect(await ended).toBe('SIGTERM')
})
