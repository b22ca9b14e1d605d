import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { verifySha256Rsa } from '../crypto/rsa.ts'
import { createWechatPay, type WechatPay, type WechatPayOptions } from '../index.ts'
import { endpoints } from '../products/bills/index.ts'
import { parseAuthorization, requestMessage } from '../protocol/authorization.ts'
import { type Answer, openClient } from '../testing/client-world.ts'
import { makeParties, type Reply, startPlatform } from '../testing/index.ts'

const parties = makeParties()
const TARGET =
  '/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2wMMR8cNXqaA_Cv_isgaUtBzp4QtiozLO|a&tartype=gzip'
const text = Buffer.from('交易时间,公众账号ID\r\n`2019-02-19 05:01:46,`wx1\r\n')
const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')

const serving =
  (bytes: Uint8Array, headers = {}) =>
  (outgoing: ServerResponse) =>
    outgoing.writeHead(200, headers).end(bytes)

async function world(answer: Answer, change: Partial<WechatPayOptions> = {}) {
  const opened = await openClient(parties, answer, change)
  const { url } = opened.platform
  return {
    ...opened,
    file: (hash = sha1(text)) => ({ download_url: url + TARGET, hash_type: 'SHA1', hash_value: hash }),
  }
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

describe('下载账单', () => {
  it('is a signed GET of exactly the path and query of the URL', async () => {
    await using w = await world(() => ({ serve: serving(text) }))
    expect(await read(await w.wechatPay.download(w.file()))).toEqual(text)
    const [seen] = w.platform.seen
    expect(seen).toMatchObject({ method: 'GET', url: TARGET, body: '' })
    const { timestamp = '', nonce = '', signature = '' } = parseAuthorization(seen?.headers.authorization ?? '') ?? {}
    const message = requestMessage({ method: 'GET', url: TARGET, timestamp, nonce, body: '' })
    expect(verifySha256Rsa(parties.merchantPublicKey, message, signature)).toBe(true)
    expect(w.calls).toMatchObject([{ endpoint: 'bills.download', status: 200, error: undefined, tries: 1 }])
  })

  it.each<[string, Uint8Array, object]>([
    ['plain text', text, {}],
    ['gzip', gzipSync(text), { 'Content-Type': 'application/x-gzip' }],
    ['gzip that no header announces', gzipSync(text), { 'Content-Type': 'text/plain' }],
    ['plain text that a header calls gzip', text, { 'Content-Type': 'application/x-gzip' }],
  ])('%s comes out unpacked', async (_, bytes, headers) => {
    await using w = await world(() => ({ serve: serving(bytes, headers) }))
    expect(await read(await w.wechatPay.download(w.file(sha1(text).toUpperCase())))).toEqual(text)
  })

  it('gzip that arrives byte by byte comes out unpacked', async () => {
    const serve = async (outgoing: ServerResponse) => {
      for (const byte of gzipSync(text)) {
        await new Promise<void>((resolve) => outgoing.write(Buffer.from([byte]), () => resolve()))
      }
      outgoing.end()
    }
    await using w = await world(() => ({ serve }))
    expect(await read(await w.wechatPay.download(w.file()))).toEqual(text)
  })

  it.each([0, 1])('a file of %i bytes is one', async (bytes) => {
    const small = text.subarray(0, bytes)
    await using w = await world(() => ({ serve: serving(small) }))
    expect(await read(await w.wechatPay.download(w.file(sha1(small))))).toEqual(small)
  })

  it('may take longer than the deadline of a call, as long as bytes come', async () => {
    const deadlineMs = 300
    const serve = async (outgoing: ServerResponse) => {
      outgoing.write(text.subarray(0, 10))
      await once(AbortSignal.timeout(2 * deadlineMs), 'abort')
      outgoing.end(text.subarray(10))
    }
    await using w = await world(() => ({ serve }), { deadlineMs })
    expect(await read(await w.wechatPay.download(w.file()))).toEqual(text)
  })

  it('is asked for again after a broken connection, while nothing of it was given out', async () => {
    await using w = await world((_, count) => (count === 1 ? { reset: true } : { serve: serving(text) }))
    expect(await read(await w.wechatPay.download(w.file()))).toEqual(text)
    expect(w.calls).toMatchObject([{ tries: 2, status: 200 }])
  })

  it('goes to the backup host when the URL is there, and to no other', async () => {
    await using backup = await startPlatform(parties, () => ({ serve: serving(text) }))
    await using w = await world(() => ({ reset: true }), { backupBaseUrl: backup.url })
    const chunks = await w.wechatPay.download({ ...w.file(), download_url: `${backup.url}/v3/x?token=1` })
    expect(await read(chunks)).toEqual(text)
    expect(w.platform.seen).toHaveLength(0)
  })

  it('call() says that it is not its business', async () => {
    await using w = await world(() => ({ serve: serving(text) }))
    await expect(w.wechatPay.call(endpoints.download, { query: { token: 'x' } })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('use download'),
    })
    expect(w.platform.seen).toHaveLength(0)
  })
})

describe('a URL that is not WeChat Pay’s gets nothing', () => {
  const official = createWechatPay({ ...parties.options, baseUrl: 'https://api.mch.weixin.qq.com' })
  const good = { hash_type: 'SHA1', hash_value: sha1(text) }
  const refused = (wechatPay: WechatPay, download_url: unknown) =>
    expect(wechatPay.download({ ...good, download_url: download_url as string })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      outcome: 'rejected',
      message: expect.stringContaining('download_url'),
    })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com.example.com/v3/billdownload/file?token=x',
    'https://example.com/https://api.mch.weixin.qq.com/v3/billdownload/file',
    'https://api.mch.weixin.qq.com:8443/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com@example.com/v3/billdownload/file?token=x',
    'https://user:password@api.mch.weixin.qq.com/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com\\@example.com/v3/x',
    'https://api.mch.weixin.qq.com/v3/x\\..\\y',
    'https://api.mch.weixin.qq.com/v3/x?token=1#fragment',
    'https://api.mch.weixin.qq.com/v3/x?token=1 HTTP/1.1\r\nX: y',
    'https://api.mch.weixin.qq.com/v3/账单',
    'https://api.mch.weixin.qq.com',
    'https:///v3/billdownload/file',
    'https://[/v3/x',
    'file:///etc/passwd',
    '//api.mch.weixin.qq.com/v3/x',
    '/v3/billdownload/file?token=x',
    '',
    undefined,
  ])('%j', async (url) => {
    await refused(official, url)
  })

  it('nor does one on the own machine that is not the configured one', async () => {
    await using other = await startPlatform(parties, () => ({ serve: serving(text) }))
    await using w = await world(() => ({ serve: serving(text) }))
    await refused(w.wechatPay, other.url + TARGET)
    await refused(w.wechatPay, (w.platform.url + TARGET).replace('127.0.0.1', 'localhost'))
    expect([...other.seen, ...w.platform.seen]).toHaveLength(0)
  })

  it('nor does one to which WeChat Pay’s answer redirects', async () => {
    await using other = await startPlatform(parties, () => ({ serve: serving(text) }))
    const redirect = (outgoing: ServerResponse) => outgoing.writeHead(302, { Location: other.url + TARGET }).end()
    await using w = await world(() => ({ serve: redirect }))
    await expect(w.wechatPay.download(w.file())).rejects.toMatchObject({ code: 'ERR_API', status: 302 })
    expect(other.seen).toHaveLength(0)
  })

  it.each<[string, object]>([
    ['hash_type', { hash_type: 'MD5' }],
    ['hash_type', { hash_type: 'sha256' }],
    ['hash_value', { hash_value: 'abc' }],
    ['hash_value', { hash_value: '' }],
  ])('and a file whose %s cannot be checked is not asked for', async (member, change) => {
    await using w = await world(() => ({ serve: serving(text) }))
    await expect(w.wechatPay.download({ ...w.file(), ...change })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(member),
    })
    expect(w.platform.seen).toHaveLength(0)
  })

  it('a transport that cannot stream is named', async () => {
    const wechatPay = createWechatPay({ ...parties.options, transport: { send: () => Promise.reject(new Error()) } })
    const file = { ...good, download_url: `${parties.options.baseUrl}/v3/x` }
    await expect(wechatPay.download(file)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('stream'),
    })
  })
})

describe('what is not the file never ends like one', () => {
  const half = gzipSync(randomBytes(200_000))
  const corrupt = Buffer.from(gzipSync(text))
  corrupt[14] = (corrupt[14] ?? 0) ^ 0xff

  it.each<[string, (outgoing: ServerResponse) => unknown, object]>([
    ['another file', serving(Buffer.concat([text, text])), { code: 'ERR_RESPONSE_MALFORMED', message: /SHA-1/ }],
    ['an empty file', serving(Buffer.alloc(0)), { code: 'ERR_RESPONSE_MALFORMED', message: /has 0 bytes/ }],
    ['corrupt gzip', serving(corrupt), { code: 'ERR_RESPONSE_MALFORMED', message: /gzip|SHA-1/ }],
    ['gzip without its end', serving(half.subarray(0, 1000)), { code: 'ERR_RESPONSE_MALFORMED', message: /gzip/ }],
    [
      'a body that breaks off',
      (outgoing) => {
        outgoing.writeHead(200, { 'Content-Length': '1000' })
        outgoing.write(text, () => outgoing.destroy())
      },
      { code: 'ERR_CONNECTION' },
    ],
    [
      'chunks that break off within gzip',
      (outgoing) => outgoing.write(half.subarray(0, 1000), () => outgoing.destroy()),
      { code: 'ERR_CONNECTION' },
    ],
  ])('%s', async (_, serve, { message = /./, ...expected }: { message?: RegExp }) => {
    await using w = await world(() => ({ serve }))
    const chunks = await w.wechatPay.download(w.file())
    await expect(read(chunks)).rejects.toMatchObject({
      ...expected,
      outcome: 'unknown',
      message: expect.stringMatching(message),
    })
  })

  it.each<[string, Reply, object]>([
    [
      'an expired URL',
      { status: 400, body: '{"code":"INVALID_REQUEST","message":"token expired"}' },
      { code: 'ERR_API', status: 400, apiCode: 'INVALID_REQUEST', outcome: 'rejected' },
    ],
    [
      "another merchant's URL",
      { status: 403, body: '{"code":"NO_AUTH"}' },
      { code: 'ERR_API', apiCode: 'NO_AUTH', outcome: 'rejected' },
    ],
    ['an empty 404', { status: 404 }, { code: 'ERR_API', status: 404, outcome: 'unknown' }],
    ['an answer without a file', { status: 204 }, { code: 'ERR_RESPONSE_MALFORMED', outcome: 'unknown' }],
    [
      'an error that does not end',
      { status: 400, body: 'x'.repeat(1_100_000) },
      { code: 'ERR_CONNECTION', outcome: 'unknown' },
    ],
  ])('%s fails before there is anything to read', async (_, reply, expected) => {
    await using w = await world(() => reply)
    await expect(w.wechatPay.download(w.file())).rejects.toMatchObject(expected)
    expect(w.platform.seen).toHaveLength(1)
    expect(w.calls).toHaveLength(1)
  })
})
