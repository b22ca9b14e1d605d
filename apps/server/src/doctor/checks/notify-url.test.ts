import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv, type ServerEnv } from '../../env.ts'
import { openSettings } from '../../testing/settings.ts'
import { type Simulated, startSimulated } from '../../testing/simulated.ts'
import { openDoctor } from '../context.ts'
import { checkNotifyUrl, notifyUrlProblems } from './notify-url.ts'

const settings = openSettings()
let simulated: Simulated
let env: ServerEnv
beforeAll(async () => {
  simulated = await startSimulated()
  env = readEnv(settings.of(simulated.url, 'postgres://a@127.0.0.1:9/b', await simulated.call('GET', '/merchant')))
})
afterAll(async () => {
  await simulated?.close()
  settings.close()
})

/** As if WeChat Pay were the real one; nothing is sent to it. */
async function check(publicUrl: string) {
  const { ctx, close } = openDoctor({ ...env, live: true, publicUrl: new URL(publicUrl) })
  const finding = await checkNotifyUrl(ctx)
  await close()
  return finding
}

const path = '/wechatpay/notifications/1900000001/payments'

test.each([
  `https://shop.example.com${path}`,
  `https://shop.example.com:8443${path}`,
  `https://支付.example.com${path}`,
])('%s keeps the rules', (url) => expect(notifyUrlProblems(url)).toEqual([]))

test.each([
  [`http://shop.example.com${path}`, 'is not https'],
  [`https://shop.example.com${path}?from=wechat`, 'carries a query string'],
  [`https://shop.example.com${path}#x`, 'carries a query string'],
  [`https://user:word@shop.example.com${path}`, 'carries a login'],
  [`https://93.184.216.34${path}`, 'has an IP address instead of a domain'],
  [`https://[2606:4700::1111]${path}`, 'has an IP address instead of a domain'],
  [`https://localhost${path}`, 'is the name of this machine or of a local network'],
  [`https://shop${path}`, 'is the name of this machine or of a local network'],
  [`https://shop.lan${path}`, 'is the name of this machine or of a local network'],
  [`https://api.weixin.qq.com${path}`, 'is a host of WeChat, not yours'],
  [`https://shop.example.com:443${path}`, 'names port 443; leave it out'],
  [`https://shop.example.com/${'a'.repeat(232)}`, 'has more than 255 characters'],
  ['https://', 'is no URL'],
])('%s does not: %s', (url, problem) => {
  expect(notifyUrlProblems(url)).toEqual([problem])
})

test('a URL of 255 characters is not too long', () => {
  expect(notifyUrlProblems(`https://shop.example.com/${'a'.repeat(230)}`)).toEqual([])
})

test('all that is wrong is named at once', async () => {
  expect(await check('http://127.0.0.1:8700')).toMatchObject({
    status: 'fail',
    what: expect.stringMatching(/is not https, has an IP address/),
    remedy: expect.stringContaining('PUBLIC_URL'),
  })
})

test('a domain that does not resolve fails', async () => {
  expect(await check('https://shop.invalid')).toMatchObject({
    status: 'fail',
    what: expect.stringContaining('shop.invalid does not resolve'),
    remedy: expect.stringContaining('DNS'),
  })
})
