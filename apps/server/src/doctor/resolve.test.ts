import { expect, test } from 'vitest'
import { isPublicAddress, resolveHost } from './resolve.ts'

test.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ...[
    '10.1.2.3',
    '127.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ],
  ...['224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:10.0.0.1'],
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test('a host that nobody knows is unknown, with the reason', async () => {
  expect(await resolveHost('nobody.invalid')).toEqual({ kind: 'unknown', code: expect.stringMatching(/^E/) })
})
