import { expect, test } from 'vitest'
import { readSettings } from './env.ts'

const PAGE = ['--project', 'dist']
const AUTO = ['auto', ...PAGE]

test('for the page only the project is required; the automator port is off', () => {
  expect(readSettings(PAGE, {})).toEqual({
    command: 'preview',
    project: 'dist',
    port: 8702,
    apiUrl: 'http://127.0.0.1:8700',
    simulatorUrl: 'http://127.0.0.1:8701',
    autoPort: undefined,
  })
})

test('auto has the defaults of DevTools and no addresses of its own', () => {
  expect(readSettings(AUTO, {})).toEqual({
    command: 'auto',
    project: 'dist',
    autoPort: 9420,
    mode: 'node',
    apiUrl: undefined,
    simulatorUrl: undefined,
    idleMs: 60_000,
  })
})

test('the automator port comes from the command line, else from the environment', () => {
  const env = { AUTOMATOR_PORT: '9420' }
  expect(readSettings(PAGE, env)).toMatchObject({ autoPort: 9420 })
  expect(readSettings([...PAGE, '--auto-port', '0'], env)).toMatchObject({ autoPort: 0 })
  expect(readSettings(PAGE, { AUTOMATOR_PORT: '' })).toMatchObject({ autoPort: undefined })
  expect(readSettings([...AUTO, '--auto-port', '9421'], env)).toMatchObject({ autoPort: 9421 })
})

test('addresses and mode may come from the environment, as a client that starts auto passes no flags of ours', () => {
  const env = {
    API_BASE_URL: 'http://127.0.0.1:1/',
    SIMULATOR_URL: 'http://127.0.0.1:2',
    HOST_MODE: 'chromium',
    CHROMIUM_PATH: '/c',
  }
  const expected = { apiUrl: 'http://127.0.0.1:1', simulatorUrl: 'http://127.0.0.1:2', mode: 'chromium' }
  expect(readSettings(AUTO, env)).toMatchObject({ ...expected, executablePath: '/c' })
  const { mode, ...addresses } = expected
  expect(readSettings(PAGE, env)).toMatchObject(addresses)
})

test('what else DevTools takes is ignored, and our options may stand before the command', () => {
  const devtools = ['--trust-project', '--auto-account', 'a', '--ticket', 't', '--port', '1', '--lang', 'zh', '--debug']
  expect(readSettings(['--mode', 'chromium', ...AUTO, ...devtools], {})).toMatchObject({
    command: 'auto',
    mode: 'chromium',
    autoPort: 9420,
  })
})

test.each<[string, string[]]>([
  ['--project is missing.', ['auto']],
  ['open is no command.', ['open', ...PAGE]],
  ['more is no command.', [...AUTO, 'more']],
  ['--mode is an option of auto.', [...PAGE, '--mode', 'node']],
  ['--trust-project is an option of auto.', [...PAGE, '--trust-project']],
  ['--mode is safari: give node or chromium.', [...AUTO, '--mode', 'safari']],
  ['--idle-timeout is soon: give seconds, 0 for never.', [...AUTO, '--idle-timeout', 'soon']],
  ['--auto-port is 70000: give a port', [...AUTO, '--auto-port', '70000']],
  ['--simulator is here: give a URL such as', [...AUTO, '--simulator', 'here']],
])('%s', (sentence, args) => {
  expect(() => readSettings(args, {})).toThrow(sentence)
})
