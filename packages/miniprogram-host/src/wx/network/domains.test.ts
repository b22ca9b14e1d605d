import { expect, test } from 'vitest'
import type { DomainLists } from '../../core/environment.ts'
import { checkDomains, type DomainList, isListed } from './domains.ts'

const LISTS = ['request', 'uploadFile', 'downloadFile'] as const
const none: DomainLists = { request: [], uploadFile: [], downloadFile: [], socket: [] }
const only = (list: DomainList, ...entries: string[]): DomainLists => ({ ...none, [list]: entries })

// The numbers are lines of the two documents on server settings (001 小程序支付, 003 合单支付).
const RULES: [rule: string, entry: string, url: string, allowed: boolean][] = [
  ['001:46 a listed domain', 'https://myserver.com', 'https://myserver.com/a?b=1#c', true],
  ['001:46 a listed domain without a path', 'https://myserver.com', 'https://myserver.com', true],
  ['001:46 a query at once', 'https://myserver.com', 'https://myserver.com?b=1', true],
  ['001:46 another domain', 'https://myserver.com', 'https://other.com/', false],
  ['001:46 names are not case-sensitive', 'https://myserver.com', 'HTTPS://MyServer.com/', true],
  ['001:46 a listed domain as a user name', 'https://myserver.com', 'https://myserver.com@other.com/', false],
  ['001:46 a listed domain behind a backslash', 'https://myserver.com', 'https://other.com\\@myserver.com/', false],
  ['001:46 a listed domain as a label', 'https://myserver.com', 'https://myserver.com.other.com/', false],
  ['001:47 no plain http', 'https://myserver.com', 'http://myserver.com/', false],
  ['001:47 an address of the LAN needs no listing', 'https://myserver.com', 'http://192.168.1.7:8080/', true],
  ['001:47 nor TLS', 'https://myserver.com', 'http://10.9.176.40:828/', true],
  ['001:47 the last private block', 'https://myserver.com', 'http://172.31.0.2/', true],
  ['001:47 beyond that block', 'https://myserver.com', 'http://172.32.0.2/', false],
  ['001:47 the phone itself is out of bounds', 'https://myserver.com', 'http://127.0.0.1:8700/', false],
  ['001:47 however it is written', 'https://myserver.com', 'http://2130706433/', false],
  ['001:48 no other IP address', 'https://myserver.com', 'https://8.8.8.8/', false],
  ['001:48 no IPv6 address', 'https://myserver.com', 'https://[::1]/', false],
  ['001:48 no localhost', 'https://myserver.com', 'https://localhost/', false],
  ['001:49 a listed port', 'https://myserver.com:8080', 'https://myserver.com:8080/a', true],
  ['001:50 the same domain without it', 'https://myserver.com:8080', 'https://myserver.com/', false],
  ['001:50 another port', 'https://myserver.com:8080', 'https://myserver.com:9091/', false],
  ['001:52 a port where none is listed', 'https://myserver.com', 'https://myserver.com:8080/', false],
  ['001:53 not even the usual one', 'https://myserver.com', 'https://myserver.com:443/', false],
  ['003:29 not even the usual one, with a query', 'https://myserver.com', 'https://myserver.com:443?a', false],
  ['001:55 never api.weixin.qq.com', 'https://myserver.com', 'https://api.weixin.qq.com/sns', false],
  ['001:57 a parent does not cover its subdomains', 'https://myserver.com', 'https://api.myserver.com/', false],
  ['001:57 nor a subdomain its parent', 'https://api.myserver.com', 'https://myserver.com/', false],
]

test.each(RULES)('seed %s: listed %s, asked %s: %s', (_, entry, url, allowed) => {
  for (const list of LISTS) expect(isListed(only(list, entry), list, url)).toBe(allowed)
  const toSocket = (text: string): string => text.replace(/^http/i, 'ws')
  expect(isListed(only('socket', toSocket(entry)), 'socket', toSocket(url))).toBe(allowed)
})

test('seed 001:47: each of the four has a list of its own', () => {
  const domains: DomainLists = {
    request: ['https://a.example'],
    uploadFile: ['https://b.example'],
    downloadFile: ['https://c.example'],
    socket: ['wss://d.example'],
  }
  checkDomains(domains)
  const open = LISTS.map((list) =>
    ['a', 'b', 'c'].filter((name) => isListed(domains, list, `https://${name}.example/`)),
  )
  expect(open).toEqual([['a'], ['b'], ['c']])
  expect(isListed(domains, 'socket', 'wss://d.example/')).toBe(true)
  expect(isListed(domains, 'socket', 'wss://a.example/')).toBe(false)
})

test('without lists any address will do, as with 不校验合法域名', () => {
  expect(isListed(undefined, 'request', 'http://127.0.0.1:8700/')).toBe(true)
})

const FAULTS: [rule: string, list: DomainList, entry: string, sentence: RegExp][] = [
  ['001:47', 'request', 'http://myserver.com', /this list takes https only; write it as https:\/\/shop/],
  ['001:47', 'uploadFile', 'wss://myserver.com', /takes https only/],
  ['001:47', 'socket', 'https://myserver.com', /takes wss only; write it as wss:\/\/shop/],
  ['001:47', 'downloadFile', 'myserver.com', /takes https only/],
  ['001:48', 'request', 'https://8.8.8.8', /an IP address cannot be listed/],
  ['001:48', 'request', 'https://192.168.1.7', /one of the LAN needs no listing/],
  ['001:48', 'request', 'https://[::1]', /an IP address cannot be listed/],
  ['001:48', 'socket', 'wss://localhost', /localhost cannot be listed; use a domain, or leave domains out/],
  ['001:53', 'request', 'https://myserver.com:443', /leave out :443/],
  ['001:55', 'request', 'https://api.weixin.qq.com', /call it from your server/],
  ['001:57', 'request', 'https://*.myserver.com', /no wildcards and no parent domains; list every subdomain/],
  ['001:57', 'request', 'https://com', /no full domain/],
  [
    '001:49',
    'request',
    'https://myserver.com:8080/pay',
    /only scheme, domain and port belong here: https:\/\/myserver.com:8080$/,
  ],
  ['001:49', 'request', 'https://user@myserver.com', /only scheme, domain and port/],
  ['001:49', 'request', 'https://my server.com', /that is no address/],
]

test.each(FAULTS)('seed %s: domains.%s refuses %s', (_, list, entry, sentence) => {
  const check = () =>
    checkDomains(only(list, 'https://fine.example'.replace(/^https/, list === 'socket' ? 'wss' : 'https'), entry))
  expect(check).toThrow(`domains.${list} has ${JSON.stringify(entry)}: `)
  expect(check).toThrow(sentence)
})
