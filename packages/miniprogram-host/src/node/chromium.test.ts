import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openBrowser } from './chromium.ts'

/** A process in which these two are not installed. */
const withoutBrowser = `
import { registerHooks } from 'node:module'
registerHooks({
  resolve(specifier, context, next) {
    if (!/^(playwright-core|@sparticuz\\/chromium)$/.test(specifier)) return next(specifier, context)
    throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
const { launch } = await import(${JSON.stringify(new URL('../index.ts', import.meta.url).href)})
await launch({ project: process.argv[1], mode: 'chromium' }).catch((error) => console.log(error.name, error.message))
`

test('without the browser packages the sentence names both and the command that installs them', async () => {
  const fixture = new URL('../testing/fixture', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    withoutBrowser,
    fixture,
  ])
  expect(stdout).toBe(
    'HostError Chromium mode needs playwright-core and @sparticuz/chromium: npm install --save-dev playwright-core @sparticuz/chromium\n',
  )
})

test('a Chromium that is not where it was said to be is one clear sentence', async () => {
  await expect(openBrowser({ executablePath: '/nowhere/chromium' })).rejects.toThrow(
    /^Chromium could not be started, give another one: .*\/nowhere\/chromium/s,
  )
})
