import { describe, expect, test } from 'vitest'
import { type DomainKind, examineDomain, examineName } from './domain.ts'
import type { Finding } from './finding.ts'

const broken = (text: string, kind: DomainKind = 'request') =>
  examineName(text, kind)
    .filter(({ status }) => status === 'fail')
    .map(({ name }) => name)

async function collect(findings: AsyncIterable<Finding>) {
  const all: Finding[] = []
  for await (const finding of findings) all.push(finding)
  return all
}

describe('a domain of a mini-program', () => {
  test.each<[string, DomainKind]>([
    ['https://shop.example.com', 'request'],
    ['shop.example.com', 'request'],
    ['https://shop.example.com/api/orders', 'uploadFile'],
    ['https://shop.example.com:8443', 'downloadFile'],
    ['wss://shop.example.com', 'connectSocket'],
    ['shop.example.com', 'connectSocket'],
    ['https://收银.example.com', 'request'],
  ])('%s may be configured for %s', (text, kind) => {
    expect(broken(text, kind)).toEqual([])
  })

  test.each<[string, DomainKind, string]>([
    ['http://shop.example.com', 'request', 'scheme'],
    ['wss://shop.example.com', 'request', 'scheme'],
    ['https://shop.example.com', 'connectSocket', 'scheme'],
    ['ws://shop.example.com', 'connectSocket', 'scheme'],
    ['https://93.184.216.34', 'request', 'host'],
    ['https://192.168.1.5', 'request', 'host'],
    ['https://[2001:db8::1]', 'request', 'host'],
    ['https://2130706433', 'request', 'host'],
    ['https://localhost', 'request', 'host'],
    ['https://shop.localhost.', 'request', 'host'],
    ['https://nas.local', 'request', 'host'],
    ['https://shop.example.com:443', 'request', 'port'],
    ['shop.example.com:443', 'request', 'port'],
    ['https://api.weixin.qq.com/sns/jscode2session', 'request', 'not WeChat'],
  ])('%s may not, for %s: %s', (text, kind, rule) => {
    expect(broken(text, kind)).toEqual([rule])
  })

  test.each(['', 'https://', 'a b', 'https://:8443'])('%j is no address', (text) => {
    expect(broken(text)).toEqual(['address'])
  })

  test('every rule that is broken comes with a remedy', () => {
    const findings = examineName('http://localhost:443', 'request')
    expect(findings.filter(({ status }) => status === 'fail').map(({ remedy }) => typeof remedy)).toEqual(
      ['scheme', 'host', 'port'].map(() => 'string'),
    )
  })

  test('a port is explained as exact, no port as none, and the parent domain as another one', () => {
    const say = (text: string, name: string) =>
      examineName(text, 'request').find((finding) => finding.name === name)?.what
    expect(say('https://shop.example.com:8443/x', 'port')).toContain('exact: configure https://shop.example.com:8443')
    expect(say('shop.example.com', 'port')).toContain('not even with :443')
    expect(say('shop.example.com', 'own name')).toContain('a parent domain does not cover its sub-domains')
  })

  test('a name that does not resolve fails, and ICP filing is left to a person', async () => {
    const findings = await collect(examineDomain('shop.invalid', 'request'))
    expect(findings.find(({ name }) => name === 'DNS')).toMatchObject({ status: 'fail' })
    expect(findings.at(-1)).toMatchObject({ name: 'ICP', status: 'skipped' })
  })

  test('a name of this machine resolves to what no phone reaches', async () => {
    const findings = await collect(examineDomain('https://localhost', 'request'))
    expect(findings.find(({ name }) => name === 'DNS')).toMatchObject({ status: 'warn' })
  })
})
