import { describe, expect, test } from 'vitest'
import { loopbackProxies, parseProxies } from './proxies.ts'

describe('proxies that are believed', () => {
  test('are this machine without a setting, and always', () => {
    for (const list of [loopbackProxies(), parseProxies(''), parseProxies('10.0.0.5')]) {
      expect([list.check('127.0.0.1'), list.check('127.8.8.8'), list.check('::1', 'ipv6')]).toEqual([true, true, true])
      expect(list.check('203.0.113.9')).toBe(false)
    }
  })

  test('are addresses and networks of both kinds, parted by commas or blanks', () => {
    const list = parseProxies(' 10.0.0.5,10.1.0.0/16  2001:db8::/32 ')
    expect([list.check('10.0.0.5'), list.check('10.0.0.6'), list.check('10.1.255.1')]).toEqual([true, false, true])
    expect([list.check('2001:db8::1', 'ipv6'), list.check('2001:db9::1', 'ipv6')]).toEqual([true, false])
  })

  test.each(['proxy.local', '10.0.0', '10.0.0.5/33', '10.0.0.5/x', '10.0.0.5/8/8', 'fd00::/129', '10.0.0.5/'])(
    '%s is no address, and is named',
    (entry) => {
      expect(() => parseProxies(`10.0.0.5,${entry}`)).toThrow(`has "${entry}"; write addresses or networks`)
    },
  )

  test.each(['0.0.0.0/0', '::/0'])('%s is everybody, who would be whoever he claims to be', (entry) => {
    expect(() => parseProxies(entry)).toThrow(/everybody/)
  })
})
