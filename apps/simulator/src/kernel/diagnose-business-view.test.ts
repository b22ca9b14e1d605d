import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { diagnoseBusinessView } from './diagnose-business-view.ts'

const apiV2Key = '192006250b4c09247ec02edce69f6a2d'
const apiV3Key = 'a3f0d2b9c8e7465192837465afbecd01'

const members = {
  mch_id: '1230000109',
  service_id: '88888888000011',
  out_order_no: '1234323JKHDFE1243252',
  timestamp: '1530097563',
  nonce_str: 'zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2',
  sign_type: 'HMAC-SHA256',
}
const HEAD =
  'mch_id=1230000109&nonce_str=zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2&out_order_no=1234323JKHDFE1243252&service_id=88888888000011'
const MESSAGE = `${HEAD}&sign_type=HMAC-SHA256&timestamp=1530097563`
const SIGN = '5EA003DF79A5F4B5450A0276ADEE4E54E866DF5A43FFE8E5A53E66B307F2C901'

const hmac = (message: string, key = apiV2Key) => createHmac('sha256', key).update(message).digest('hex').toUpperCase()
const md5 = (message: string) => createHash('md5').update(message).digest('hex').toUpperCase()
const diagnose = (sign: string, changes: object = {}) =>
  diagnoseBusinessView({ extraData: { ...members, ...changes, sign }, apiV2Key, apiV3Key })

describe('the sign of a page of Pay Score', () => {
  test('the published vector is right, and the message is shown as it has to be signed', () => {
    expect(diagnose(SIGN)).toMatchObject({
      verdict: 'right',
      expectedMessage: `${MESSAGE}&key=${apiV2Key}`,
      expectedDigest: SIGN,
      recoveredDigest: SIGN,
    })
  })

  test.each([
    ['api-v3-key', 'other-key', hmac(`${MESSAGE}&key=${apiV3Key}`, apiV3Key)],
    ['api-v3-key', 'other-key', hmac(`${MESSAGE}&key=${apiV2Key}`, apiV3Key)],
    ['api-v3-key', 'other-key', hmac(`${MESSAGE}&key=${apiV3Key}`)],
    ['md5', 'other-message', md5(`${MESSAGE}&key=${apiV2Key}`)],
    ['md5', 'other-message', md5(`${HEAD}&timestamp=1530097563&key=${apiV2Key}`)],
    ['sha256-without-hmac', 'other-message', createHash('sha256').update(`${MESSAGE}&key=${apiV2Key}`).digest('hex')],
    ['sign-type-not-signed', 'other-message', hmac(`${HEAD}&timestamp=1530097563&key=${apiV2Key}`)],
    ['key-not-appended', 'other-message', hmac(MESSAGE)],
    ['timestamp-unit', 'other-message', hmac(`${MESSAGE}042&key=${apiV2Key}`)],
    ['timestamp-read-twice', 'other-message', hmac(`${MESSAGE.slice(0, -1)}4&key=${apiV2Key}`)],
    ['lower-case', 'not-a-signature', SIGN.toLowerCase()],
    [null, 'not-a-signature', Buffer.from(SIGN, 'hex').toString('base64')],
    [null, 'other-message', hmac('something else')],
  ])('%s is told apart: %s', (mistake, verdict, sign) => {
    expect(diagnose(sign)).toMatchObject({ mistake, verdict, remedy: expect.stringMatching(/\.$/) })
  })

  test('members that are signed in the order in which they are passed are named', () => {
    const asPassed = Object.entries(members).map(([name, value]) => `${name}=${value}`)
    expect(diagnose(hmac(`${asPassed.join('&')}&key=${apiV2Key}`)).mistake).toBe('not-sorted')
  })

  test('milliseconds that are rightly signed are still milliseconds', () => {
    const sign = hmac(`${MESSAGE}042&key=${apiV2Key}`)
    expect(diagnose(sign, { timestamp: '1530097563042' })).toMatchObject({ mistake: 'timestamp-unit' })
  })
})
