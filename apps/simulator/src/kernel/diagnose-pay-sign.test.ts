import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { member } from '@shouyin/wechatpay-core/testing'
import { describe, expect, test } from 'vitest'
import { diagnosePaySign } from './diagnose.ts'
import { paySignMistakes } from './mistakes/pay-sign.ts'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const call = {
  appid: 'wx2421b1c4370ec43b',
  timeStamp: '1554208460',
  nonceStr: '593BEC0C930BF1AFEB40B4A08C8FB242',
  package: 'prepay_id=wx201410272009395522657a690389285100',
}
type Call = typeof call
const signed = (message: string | Buffer) =>
  sign('sha256', Buffer.from(message as string), merchant.privateKey).toString('base64')
const diagnose = (made: Call, paySign: string) =>
  diagnosePaySign({ ...made, paySign, merchantPublicKey: merchant.publicKey })

const { appid, timeStamp, nonceStr } = call
const id = 'wx201410272009395522657a690389285100'
const right = `${appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${id}\n`

// One message for every row, written out by hand: name, what was passed, what was signed.
const made: Record<string, readonly (readonly [made: Call, message: string | Buffer])[]> = {
  'package-without-prefix': [[call, `${appid}\n${timeStamp}\n${nonceStr}\n${id}\n`]],
  'package-passed-without-prefix': [[{ ...call, package: id }, right]],
  'package-named': [[call, `${appid}\n${timeStamp}\n${nonceStr}\npackage=prepay_id=${id}\n`]],
  'appid-line-missing': [[call, `${timeStamp}\n${nonceStr}\nprepay_id=${id}\n`]],
  'sign-type-line': [
    [call, `${right}RSA\n`],
    [call, `${appid}\n${timeStamp}\n${nonceStr}\nRSA\nprepay_id=${id}\n`],
  ],
  'extra-newline': [[call, `${right}\n`]],
  'appid-differs': [
    [call, right.replace(appid, 'undefined')],
    [call, right.replace(appid, '')],
    [call, right.replace(appid, appid.toUpperCase())],
  ],
  'nonce-and-timestamp-swapped': [[call, `${appid}\n${nonceStr}\n${timeStamp}\nprepay_id=${id}\n`]],
  'nonce-case': [[call, right.replace(nonceStr, nonceStr.toLowerCase())]],
  'key-value-string': [
    [call, `appId=${appid}&nonceStr=${nonceStr}&package=prepay_id=${id}&signType=RSA&timeStamp=${timeStamp}`],
  ],
  'no-final-newline': [[call, right.slice(0, -1)]],
  crlf: [[call, right.replaceAll('\n', '\r\n')]],
  'newline-as-two-characters': [[call, right.replaceAll('\n', String.raw`\n`)]],
  'not-utf8': [[call, Buffer.from(right, 'utf16le')]],
  'hashed-twice': [[call, createHash('sha256').update(right).digest('hex')]],
  'timestamp-read-twice': [[call, right.replace(timeStamp, '1554208461')]],
  'timestamp-unit': [
    [call, right.replace(timeStamp, '1554208460123')],
    [{ ...call, timeStamp: '1554208460123' }, right],
  ],
}

describe('the usual mistakes in making paySign', () => {
  test('every row of the table has a message here', () => {
    expect(Object.keys(made).sort()).toEqual(paySignMistakes.map((row) => row.name).sort())
  })

  const cases = Object.entries(made).flatMap(([name, messages]) =>
    messages.map((message) => [name, ...message] as const),
  )
  test.each(cases)('%s is named, with a remedy in one sentence', (name, passed, message) => {
    const diagnosis = diagnose(passed, signed(message))
    expect(diagnosis).toMatchObject({ verdict: 'other-message', mistake: name })
    expect(diagnosis.remedy).toMatch(/^[A-Z].*\.$/)
  })
})

describe('what is told apart', () => {
  test('the right message is right', () => {
    expect(diagnose(call, signed(right))).toMatchObject({ verdict: 'right', mistake: null })
  })

  test("the published paySign of WeChat's own example is right, and that of App payment is explained", () => {
    const merchantPublicKey = createPublicKey(member('A1', 'privateKeyPem'))
    const explained = (paySign: string) => diagnosePaySign({ ...call, paySign, merchantPublicKey })
    expect(explained(member('A1', 'signature')).verdict).toBe('right')
    expect(explained(member('A2', 'signature')).mistake).toBe('package-without-prefix')
  })

  test('another key leaves no digest to read', () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const paySign = sign('sha256', Buffer.from(right), stranger).toString('base64')
    expect(diagnose(call, paySign)).toMatchObject({ verdict: 'other-key', recoveredDigest: null })
  })

  test.each([
    ['md5', 'C380BEC2BFD727A4B6845133519F3AD6'],
    ['hmac-sha256', '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6'],
  ])('an %s of the old API is named', (mistake, paySign) => {
    expect(diagnose(call, paySign)).toMatchObject({ verdict: 'not-a-signature', mistake })
  })
})
