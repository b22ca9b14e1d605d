import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('without any setting, the ports and the folder are those of the documents', () => {
  expect(readSettings([], {})).toEqual({
    serverPort: 8700,
    simulatorPort: 8701,
    previewPort: 8702,
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    serverDefaults: { SHIPPING_INFO: 'on', REFUND_AUTO_APPROVE_FEN: '10000' },
  })
})

test('every setting is heard, and an empty one is none', () => {
  const env = {
    SERVER_PORT: '1',
    SIMULATOR_PORT: '2',
    PREVIEW_PORT: '65535',
    DATA_DIR: '/d',
    DATABASE_URL: 'postgres://h/d',
    REFUND_AUTO_APPROVE_FEN: '0',
  }
  expect(readSettings([], env)).toEqual({
    serverPort: 1,
    simulatorPort: 2,
    previewPort: 65535,
    dataDir: '/d',
    databaseUrl: 'postgres://h/d',
    serverDefaults: { SHIPPING_INFO: 'on', REFUND_AUTO_APPROVE_FEN: '0' },
  })
  expect(readSettings([], { SERVER_PORT: '', DATABASE_URL: '' })).toMatchObject({
    serverPort: 8700,
    databaseUrl: undefined,
  })
})

test('--no-preview needs no preview port', () => {
  expect(readSettings(['--no-preview'], { PREVIEW_PORT: '8700' }).previewPort).toBeUndefined()
})

test.each(['0', '65536', '-1', '80a', '8.5', ' '])('a port of "%s" is refused with the name of the setting', (text) => {
  expect(() => readSettings([], { SIMULATOR_PORT: text })).toThrow(/^SIMULATOR_PORT=.* is no port: set it to a number/)
})

test('two equal ports are refused', () => {
  expect(() => readSettings([], { SERVER_PORT: '8702' })).toThrow('SERVER_PORT and PREVIEW_PORT are both 8702')
})

test('an unknown option is refused', () => {
  expect(() => readSettings(['--no-prewiev'], {})).toThrow(/no-prewiev.*the only option is --no-preview$/)
})
