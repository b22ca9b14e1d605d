import { expect, test } from 'vitest'
import { readSettings } from './env.ts'

test('only the project is required; the automator port is off', () => {
  expect(readSettings(['--project', 'dist'], {})).toEqual({
    project: 'dist',
    port: 8702,
    apiUrl: 'http://127.0.0.1:8700',
    simulatorUrl: 'http://127.0.0.1:8701',
    autoPort: undefined,
  })
})

test('the automator port comes from the command line, else from the environment', () => {
  const env = { AUTOMATOR_PORT: '9420' }
  expect(readSettings(['--project', 'dist'], env)).toMatchObject({ autoPort: 9420 })
  expect(readSettings(['--project', 'dist', '--auto-port', '0'], env)).toMatchObject({ autoPort: 0 })
  expect(readSettings(['--project', 'dist'], { AUTOMATOR_PORT: '' })).toMatchObject({ autoPort: undefined })
})
