import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { banner } from './banner.ts'
import { readSettings } from './settings.ts'

const settings = (...args: string[]) => readSettings(args, {})

test('the banner names three addresses, where the data are and the seconds, and ends with ready', () => {
  const text = banner(settings(), 4.26, true)
  for (const part of ['http://127.0.0.1:8700', 'http://127.0.0.1:8701', 'http://127.0.0.1:8702', '.data/logs', '4.3 s'])
    expect(text).toContain(part)
  expect(text.split('\n').at(-1)).toBe('ready')
  expect(text.split('\n').every((line) => line.length <= 110)).toBe(true)
})

test('what it says of the merchant API can be pasted into a shell', () => {
  const text = banner(settings(), 1, false)
  expect(text).toContain(`KEY=$(node -p "require('./.data/merchant-keys.json').dev")`)
  expect(text).toContain('curl -H "Authorization: Bearer $KEY" http://127.0.0.1:8700/api/merchant/orders')
  expect(banner(readSettings([], { DATA_DIR: '/var' }), 1, false)).toContain("require('/var/merchant-keys.json')")
})

test('without the preview it does not name its address, nor what is played in it', () => {
  expect(banner(settings('--no-preview'), 1, false)).not.toMatch(/8702|先享卡/)
  expect(banner(settings(), 1, false)).toContain('a discount card 先享卡')
})

test('a note about the database is passed on', () => {
  expect(banner(settings(), 1, false, 'the database is elsewhere')).toContain('Note: the database is elsewhere.')
})

test.each(['.', '..'])('a folder that is not below the current one is named whole: %s', (folder) => {
  expect(banner(readSettings([], { DATA_DIR: folder }), 1, false)).toContain(`Data in ${resolve(folder)},`)
})
