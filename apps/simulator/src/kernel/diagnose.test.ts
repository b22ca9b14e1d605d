import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto'
import { requestMessage } from '@shouyin/wechatpay-core/protocol'
import { describe, expect, test } from 'vitest'
import { diagnoseSignature } from './diagnose.ts'
import { requestMistakes } from './mistakes/request.ts'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })

const post = {
  method: 'POST',
  url: '/v3/pay/transactions/jsapi',
  host: '127.0.0.1:8701',
  timestamp: '1554208460',
  nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
  body: '{"mchid":"1900000001","description":"羽毛球 <A&B>","notify_url":"https://shop.test/n","amount":{"total":100}}',
}
const get = {
  ...post,
  method: 'GET',
  url: '/v3/pay/transactions/out-trade-no/A%7C000001?mchid=1900000001',
  body: '',
}
type Sent = typeof post

const signed = (message: string | Buffer, algorithm = 'sha256') =>
  sign(algorithm, Buffer.from(message as string), merchant.privateKey).toString('base64')

const diagnose = (sent: Sent, signature: string) =>
  diagnoseSignature({
    ...sent,
    signature,
    merchantPublicKey: merchant.publicKey,
    appid: 'wx0000000000000001',
    mchid: '1900000001',
  })

const T = `${post.timestamp}\n${post.nonce}\n`
const POST = `POST\n${post.url}\n${T}`
const signedBody = (body: string): [Sent, string] => [post, `${POST}${body}\n`]

// One message for every row, written out by hand: name, what was sent, what was signed.
const made: Record<string, readonly (readonly [sent: Sent, message: string | Buffer])[]> = {
  'no-final-newline': [[post, `${POST}${post.body}`]],
  'extra-newline': [[post, `${POST}${post.body}\n\n`]],
  crlf: [[post, `${POST}${post.body}\n`.replaceAll('\n', '\r\n')]],
  'newline-as-two-characters': [[post, `${POST}${post.body}\n`.replaceAll('\n', String.raw`\n`)]],
  'not-utf8': [[post, Buffer.from(`${POST}${post.body}\n`, 'utf16le')]],
  'hashed-twice': [
    [post, createHash('sha256').update(`${POST}${post.body}\n`).digest()],
    [post, createHash('sha256').update(`${POST}${post.body}\n`).digest('hex')],
  ],
  'body-left-out': [signedBody('')],
  'body-line-missing': [[post, POST]],
  'body-of-nothing': ['{}', 'null', 'undefined'].map((body) => [get, `GET\n${get.url}\n${T}${body}\n`]),
  'body-edge-whitespace': [
    signedBody(`${post.body}\r\n`),
    [{ ...post, body: ` ${post.body}\n` }, `${POST}${post.body}\n`],
  ],
  'body-reprinted-compact': [[{ ...post, body: post.body.replaceAll(',', ', ') }, `${POST}${post.body}\n`]],
  'body-spaced': [
    // Python: json.dumps(…, ensure_ascii=False) and json.dumps(…)
    signedBody(
      '{"mchid": "1900000001", "description": "羽毛球 <A&B>", "notify_url": "https://shop.test/n", "amount": {"total": 100}}',
    ),
    signedBody(
      '{"mchid": "1900000001", "description": "\\u7fbd\\u6bdb\\u7403 <A&B>", "notify_url": "https://shop.test/n", "amount": {"total": 100}}',
    ),
  ],
  'body-pretty-printed': [
    signedBody(JSON.stringify(JSON.parse(post.body), null, 2)),
    signedBody(JSON.stringify(JSON.parse(post.body), null, 4)),
  ],
  'body-slashes-escaped': [
    // PHP: json_encode(…, JSON_UNESCAPED_UNICODE) and json_encode(…)
    signedBody(post.body.replaceAll('/', '\\/')),
    signedBody(post.body.replaceAll('/', '\\/').replace('羽毛球', '\\u7fbd\\u6bdb\\u7403')),
  ],
  'body-non-ascii-escaped': [signedBody(post.body.replace('羽毛球', '\\u7fbd\\u6bdb\\u7403'))],
  'body-html-escaped': [signedBody(post.body.replace('<A&B>', '\\u003cA\\u0026B\\u003e'))],
  'body-keys-sorted': [
    signedBody(
      '{"amount":{"total":100},"description":"羽毛球 <A&B>","mchid":"1900000001","notify_url":"https://shop.test/n"}',
    ),
  ],
  'url-with-host': [
    [post, `POST\nhttps://127.0.0.1:8701${post.url}\n${T}${post.body}\n`],
    [post, `POST\nhttp://127.0.0.1:8701${post.url}\n${T}${post.body}\n`],
    [post, `POST\nhttps://api.mch.weixin.qq.com${post.url}\n${T}${post.body}\n`],
  ],
  'url-without-query': [[get, `GET\n/v3/pay/transactions/out-trade-no/A%7C000001\n${T}\n`]],
  'url-bar-encoding': [
    [get, `GET\n/v3/pay/transactions/out-trade-no/A|000001?mchid=1900000001\n${T}\n`],
    [
      { ...get, url: '/v3/pay/transactions/out-trade-no/A|000001?mchid=1900000001' },
      `GET\n/v3/pay/transactions/out-trade-no/A%7C000001?mchid=1900000001\n${T}\n`,
    ],
  ],
  'url-encoding': [
    [{ ...get, url: '/v3/x/A%7C1%2A?mchid=1900000001' }, `GET\n/v3/x/A|1*?mchid=1900000001\n${T}\n`],
    [{ ...get, url: '/v3/x/A*1?mchid=1900000001' }, `GET\n/v3/x/A%2A1?mchid=1900000001\n${T}\n`],
  ],
  'url-slash': [[post, `POST\nv3/pay/transactions/jsapi\n${T}${post.body}\n`]],
  'method-lower-case': [[post, `post\n${post.url}\n${T}${post.body}\n`]],
  'method-other': [[get, `POST\n${get.url}\n${T}\n`]],
  'nonce-and-timestamp-swapped': [[post, `POST\n${post.url}\n${post.nonce}\n${post.timestamp}\n${post.body}\n`]],
  'nonce-case': [[post, `POST\n${post.url}\n${post.timestamp}\n${post.nonce.toLowerCase()}\n${post.body}\n`]],
  'timestamp-read-twice': [[post, `POST\n${post.url}\n1554208459\n${post.nonce}\n${post.body}\n`]],
  'timestamp-unit': [
    [post, `POST\n${post.url}\n1554208460789\n${post.nonce}\n${post.body}\n`],
    [{ ...post, timestamp: '1554208460789' }, `${POST}${post.body}\n`],
  ],
  'mchid-line': [[post, `1900000001\n${POST}${post.body}\n`]],
  'appid-line': [[post, `wx0000000000000001\n${POST}${post.body}\n`]],
  'answer-message': [[post, `${T}${post.body}\n`]],
}

describe('the usual mistakes in signing a request', () => {
  test('every row of the table has a message here', () => {
    expect(Object.keys(made).sort()).toEqual(requestMistakes.map((row) => row.name).sort())
  })

  const cases = Object.entries(made).flatMap(([name, messages]) =>
    messages.map((message) => [name, ...message] as const),
  )
  test.each(cases)('%s is named, with a remedy in one sentence', (name, sent, message) => {
    const diagnosis = diagnose(sent, signed(message))
    expect(diagnosis).toMatchObject({ verdict: 'other-message', mistake: name })
    expect(diagnosis.recoveredDigest).toBe(createHash('sha256').update(message).digest('hex'))
    expect(diagnosis.expectedMessage).toBe(requestMessage(sent))
    expect(diagnosis.remedy).toMatch(/^[A-Z].*\.$/)
  })
})

describe('what is told apart', () => {
  const message = requestMessage(post)

  test('the right message is right', () => {
    const diagnosis = diagnose(post, signed(message))
    expect(diagnosis).toMatchObject({ verdict: 'right', mistake: null })
    expect(diagnosis.recoveredDigest).toBe(diagnosis.expectedDigest)
  })

  test('another key leaves no digest to read', () => {
    const signature = sign('sha256', Buffer.from(message), stranger.privateKey).toString('base64')
    expect(diagnose(post, signature)).toMatchObject({ verdict: 'other-key', mistake: null, recoveredDigest: null })
  })

  test('a key of another size is another key', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const signature = sign('sha256', Buffer.from(message), small).toString('base64')
    expect(diagnose(post, signature)).toMatchObject({ verdict: 'other-key', mistake: 'other-key-size' })
  })

  test('an unknown message of the right key is another message without a name', () => {
    const digest = createHash('sha256').update('lunch').digest('hex')
    expect(diagnose(post, signed('lunch'))).toMatchObject({
      verdict: 'other-message',
      mistake: null,
      recoveredDigest: digest,
    })
  })

  test.each(['sha1', 'md5', 'sha512'])('a digest made with %s is read and named', (algorithm) => {
    const diagnosis = diagnose(post, signed(message, algorithm))
    expect(diagnosis).toMatchObject({ verdict: 'other-message', mistake: `digest-${algorithm}` })
    expect(diagnosis.recoveredDigest).toBe(createHash(algorithm).update(message).digest('hex'))
  })

  test('PSS padding is not taken for another key', () => {
    const key = { key: merchant.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING }
    const signature = sign('sha256', Buffer.from(message), key).toString('base64')
    expect(diagnose(post, signature)).toMatchObject({ verdict: 'not-a-signature', mistake: 'pss-padding' })
  })

  test('a digest encrypted without DigestInfo is named', () => {
    const digest = createHash('sha256').update(message).digest()
    const signature = privateEncrypt(merchant.privateKey, digest).toString('base64')
    const diagnosis = diagnose(post, signature)
    expect(diagnosis).toMatchObject({ verdict: 'not-a-signature', mistake: 'no-digest-info' })
    expect(diagnosis.recoveredDigest).toBe(diagnosis.expectedDigest)
  })

  const right = signed(message)
  test.each([
    ['signature-in-hex', Buffer.from(right, 'base64').toString('hex')],
    ['signature-percent-encoded', encodeURIComponent(right)],
    ['signature-with-spaces', right.replaceAll('+', ' ')],
    ['signature-with-spaces', right.replace(/.{64}/g, '$&\n')],
  ])('%s is read all the same', (mistake, signature) => {
    const diagnosis = diagnose(post, signature)
    expect(diagnosis).toMatchObject({ verdict: 'not-a-signature', mistake })
    expect(diagnosis.recoveredDigest).toBe(diagnosis.expectedDigest)
  })

  test('base64url is read all the same', () => {
    const url = Buffer.from(right, 'base64').toString('base64url')
    expect(diagnose(post, url)).toMatchObject({ verdict: 'not-a-signature', mistake: 'signature-in-base64url' })
  })

  test.each([
    ['md5', createHash('md5').update(message).digest('hex').toUpperCase()],
    ['hmac-sha256', createHash('sha256').update(message).digest('hex').toUpperCase()],
    ['hmac-sha256', createHash('sha256').update(message).digest('base64')],
    ['sha1-hash', createHash('sha1').update(message).digest('hex')],
  ])('%s of the old API is no signature', (mistake, signature) => {
    expect(diagnose(post, signature)).toMatchObject({ verdict: 'not-a-signature', mistake, recoveredDigest: null })
  })

  test.each(['', '???', 'QUJD', 'WECHATPAY/SIGNTEST/x', '签名', '='.repeat(344)])(
    'garbage %j never throws',
    (garbage) => {
      expect(diagnose(post, garbage)).toMatchObject({
        verdict: 'not-a-signature',
        mistake: null,
        recoveredDigest: null,
      })
    },
  )

  test('a body that is not JSON and a URL that does not decode never throw', () => {
    const odd = { ...post, url: '/v3/%E0%A4%A', body: 'a=1&b=2' }
    expect(diagnose(odd, signed('lunch'))).toMatchObject({ verdict: 'other-message', mistake: null })
  })
})
