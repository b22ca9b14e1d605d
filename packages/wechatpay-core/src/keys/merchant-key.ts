import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { signSha256Rsa } from '../crypto/rsa.ts'
import { bareCause, configInvalid, WechatPayError } from '../errors.ts'

/** Signs with the merchant's private key, wherever that is: in this process, a KMS or an HSM. */
export interface Signer {
  /** RSASSA-PKCS1-v1_5 with SHA-256 over UTF-8. @returns base64 */
  sign(message: string): Promise<string>
}

const RSA_BITS_MIN = 2048

export const isStrongRsa = (key: KeyObject): boolean =>
  key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN

/**
 * Signs and checks the shape of what came back: a signature goes into a header, so it is one line of base64.
 * @throws WechatPayError, rejected: nothing was sent
 */
export async function signWith(signer: Signer, message: string): Promise<string> {
  let signature: unknown
  try {
    signature = await signer.sign(message)
  } catch (error) {
    const cause = bareCause(error)
    throw new WechatPayError('ERR_CONNECTION', `the signer failed: ${cause.message}`, { outcome: 'rejected', cause })
  }
  if (typeof signature === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(signature)) return signature
  throw configInvalid('signer.sign must answer a signature in base64, in one line')
}

/** A signer from apiclient_key.pem (商户API证书私钥). The key is parsed once and cannot be printed. */
export function localSigner(privateKey: string | Uint8Array | KeyObject): Signer {
  const key = parsePrivateKey(privateKey)
  return { sign: (message) => signSha256Rsa(key, message) }
}

export function parsePrivateKey(input: string | Uint8Array | KeyObject): KeyObject {
  const key = isKeyObject(input) ? input : readPem(input)
  if (key.type !== 'private') throw configInvalid(`privateKey is a ${key.type} key; pass apiclient_key.pem`)
  if (key.asymmetricKeyType !== 'rsa') {
    throw configInvalid(`privateKey is of type ${key.asymmetricKeyType}; WeChat Pay's RSA suite needs an RSA key`)
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < RSA_BITS_MIN) throw configInvalid(`privateKey has ${bits} bits; WeChat Pay needs at least ${RSA_BITS_MIN}`)
  return key
}

const isKeyObject = (input: object | string): input is KeyObject =>
  typeof input === 'object' && 'asymmetricKeyType' in input

function readPem(input: string | Uint8Array): KeyObject {
  // DER of a PKCS#12 starts with SEQUENCE, version 3: apiclient_cert.p12 is a usual mistake.
  if (typeof input !== 'string' && input[0] === 0x30) throw configInvalid(`privateKey is binary. ${P12_REMEDY}`)
  const pem = typeof input === 'string' ? input : Buffer.from(input).toString('utf8')
  if (pem.trim() === '') throw configInvalid('privateKey is empty; pass the contents of apiclient_key.pem')
  if (/^MII[A-Za-z0-9+/=\s]+$/.test(pem.trim())) {
    throw configInvalid(`privateKey has no PEM header. ${P12_REMEDY}`)
  }
  if (pem.includes('BEGIN CERTIFICATE')) {
    throw configInvalid('privateKey is a certificate (apiclient_cert.pem); pass apiclient_key.pem')
  }
  if (pem.includes('ENCRYPTED')) {
    throw configInvalid('privateKey is encrypted; decrypt it: openssl pkey -in apiclient_key.pem -out plain_key.pem')
  }
  if (pem.includes('BEGIN PUBLIC KEY')) {
    throw configInvalid('privateKey is a public key; pass apiclient_key.pem, not pub_key.pem')
  }
  try {
    return createPrivateKey(pem)
  } catch {
    // The parser's own error may quote the input.
    throw configInvalid('privateKey is not a PEM private key; check it with: openssl pkey -in apiclient_key.pem -noout')
  }
}

const P12_REMEDY =
  'From apiclient_cert.p12 make the PEM: openssl pkcs12 -in apiclient_cert.p12 -nocerts -nodes -out apiclient_key.pem ' +
  '(its password is the merchant number)'

/**
 * 商户API证书序列号: 40 hex digits, upper-cased, because WeChat compares it as text.
 * @param value the serial, or the contents of apiclient_cert.pem, which then has to belong to the private key
 */
export function parseMerchantSerial(value: string, privateKey?: KeyObject): string {
  const serial = value.includes('BEGIN CERTIFICATE') ? serialOf(value, privateKey) : value
  if (!/^[0-9A-Fa-f]{40}$/.test(serial)) {
    const command = 'openssl x509 -in apiclient_cert.pem -noout -serial'
    throw configInvalid(
      `merchantSerialNo must be 40 hex digits, not ${serial.length} characters; read it with: ${command}`,
    )
  }
  return serial.toUpperCase()
}

function serialOf(pem: string, privateKey: KeyObject | undefined): string {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem)
  } catch {
    throw configInvalid('merchantSerialNo is no readable certificate; pass apiclient_cert.pem or its serial')
  }
  if (privateKey && !certificate.checkPrivateKey(privateKey)) {
    throw configInvalid(
      'merchantSerialNo is the certificate of another key than privateKey; both must be of one download',
    )
  }
  return certificate.serialNumber
}

/** 微信支付公钥 (pub_key.pem). */
export function parsePublicKey(pem: string, setting: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) throw configInvalid(`${setting} is a private key; pass pub_key.pem of WeChat Pay`)
  if (pem.includes('BEGIN CERTIFICATE')) {
    throw configInvalid(`${setting} is a certificate; pass pub_key.pem, or put it under platformKeys.certificates`)
  }
  try {
    const key = createPublicKey(pem)
    if (isStrongRsa(key)) return key
  } catch {
    // Fall through: the same remedy for text that is no key and for a key of another kind.
  }
  throw configInvalid(
    `${setting} is not an RSA public key of 2048 bits or more in PEM; check it with: openssl pkey -pubin -in pub_key.pem -noout`,
  )
}
