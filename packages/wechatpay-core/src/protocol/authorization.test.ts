import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signSha256Rsa } from '../crypto/rsa.ts'
import { vector } from '../testing/index.ts'
import { formatAuthorization, parseAuthorization, requestMessage } from './authorization.ts'

const {
  privateKeyPem = '',
  mchid = '',
  serial_no = '',
  method = '',
  url = '',
  timestamp = '',
  nonce = '',
  body = '',
  signature = '',
} = vector('A3')

describe('request signature (签名生成)', () => {
  it('signs the published order as printed', async () => {
    const message = requestMessage({ method, url, timestamp, nonce, body })
    expect(await signSha256Rsa(createPrivateKey(privateKeyPem), message)).toBe(signature)
  })

  it('ends every line, also that of an empty body', () => {
    const message = requestMessage({ method: 'get', url: '/v3/x?a=%7C', timestamp: 1, nonce: 'N', body: '' })
    expect(message).toBe('GET\n/v3/x?a=%7C\n1\nN\n\n')
  })

  it('parses what it formats', () => {
    const authorization = { mchid, serialNo: serial_no, nonce, timestamp, signature }
    expect(parseAuthorization(formatAuthorization(authorization))).toEqual(authorization)
  })

  it('parses the members in any order', () => {
    const header = 'WECHATPAY2-SHA256-RSA2048 serial_no="S",timestamp="1",signature="sig=",nonce_str="N",mchid="M"'
    expect(parseAuthorization(header)).toEqual({
      mchid: 'M',
      serialNo: 'S',
      nonce: 'N',
      timestamp: '1',
      signature: 'sig=',
    })
  })

  it.each([
    '',
    'Bearer x',
    'WECHATPAY2-SHA256-RSA2048',
    'WECHATPAY2-SHA256-RSA2048 mchid="1"',
    'WECHATPAY2-SM2-WITH-SM3 mchid="M",nonce_str="N",signature="s",timestamp="1",serial_no="S"',
    'WECHATPAY2-SHA256-RSA2048 mchid="M",mchid="M",nonce_str="N",signature="s",timestamp="1",serial_no="S"',
    'WECHATPAY2-SHA256-RSA2048 mchid=M,nonce_str=N,signature=s,timestamp=1,serial_no=S',
  ])('refuses %j', (header) => {
    expect(parseAuthorization(header)).toBeUndefined()
  })
})
