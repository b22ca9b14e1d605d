import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { loopbackProxies, parseProxies } from '../../settings/proxies.ts'
import { clientAddress, networkOf } from './client-address.ts'

const proxies = parseProxies('10.0.0.5, 10.1.0.0/16, fd00::/8')

/** Of a request from that peer. */
async function clientOf(remoteAddress: string | undefined, forwarded?: string, trusted = proxies): Promise<unknown> {
  const app = new Hono().get('/', (c) => c.json({ client: clientAddress(c, trusted) ?? null }))
  const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }
  const env = remoteAddress === undefined ? {} : { incoming: { socket: { remoteAddress } } }
  return ((await (await app.request('/', { headers }, env)).json()) as { client: unknown }).client
}

describe('whose request it is', () => {
  test.each<[string, string | undefined, string | undefined, string | null]>([
    ['this machine', '127.0.0.1', undefined, null],
    ['this machine over IPv6', '::1', undefined, null],
    ['this machine as IPv6 writes it', '::ffff:127.0.0.1', undefined, null],
    ['a request without a connection', undefined, undefined, null],
    ['a peer without a proxy', '203.0.113.9', undefined, '203.0.113.9'],
    ['a peer that claims to be another', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a peer that claims to be this machine', '203.0.113.9', '127.0.0.1', '203.0.113.9'],
    ['a shopper behind the proxy on this machine', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['… who claims to be another', '127.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['a shopper behind a proxy on another machine', '10.0.0.5', '203.0.113.9', '203.0.113.9'],
    ['a shopper behind a proxy in a network', '::ffff:10.1.200.7', '203.0.113.9', '203.0.113.9'],
    ['a shopper behind two proxies', '127.0.0.1', '198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    ['a shopper behind a proxy of IPv6', 'fd00::1', '2001:db8:1:2::1', '2001:db8:1:2::1'],
    ['a neighbour of the proxy', '10.0.0.6', '203.0.113.9', '10.0.0.6'],
    ['the proxy itself', '10.0.0.5', undefined, '10.0.0.5'],
    ['a proxy that says nothing readable', '10.0.0.5', 'unknown', '10.0.0.5'],
    ['a proxy that says nothing readable behind another', '127.0.0.1', 'x, 10.0.0.5', '10.0.0.5'],
    ['somebody who claims to be behind nothing but proxies', '127.0.0.1', '10.0.0.5', '10.0.0.5'],
  ])('%s', async (_, peer, forwarded, client) => {
    expect(await clientOf(peer, forwarded)).toBe(client)
  })

  test('without a setting only proxies on this machine are believed', async () => {
    expect(await clientOf('10.0.0.5', '203.0.113.9', loopbackProxies())).toBe('10.0.0.5')
    expect(await clientOf('127.0.0.1', '203.0.113.9', loopbackProxies())).toBe('203.0.113.9')
  })
})

describe('whom a request is counted for', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s: %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
