import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { bits, integer, nothing, octets, oid, sequence, set, tagged, time, utf8 } from './der.ts'

export const ISSUER = 'Shouyin Simulator'
/** Every serial begins with it, so that a live system knows ours even where it never sees the certificate. */
const SERIAL_MARK = Buffer.from('SHOUYIN')

// 平台证书 and merchant certificates live five years.
const LIFETIME_MS = 5 * 365 * 86_400_000

/** RSA-2048 as PEM: private key PKCS #8, public key SPKI. */
export interface StoredKeyPair {
  readonly privateKeyPem: string
  readonly publicKeyPem: string
}

export interface StoredCertificate {
  /** 40 hex digits, upper case. */
  readonly serialNo: string
  readonly privateKeyPem: string
  readonly certificatePem: string
  /** ISO 8601, wall time. */
  readonly effectiveTime: string
  readonly expireTime: string
}

const generate = promisify(generateKeyPair)

export async function makeKeyPair(): Promise<StoredKeyPair> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** A new key with a certificate that the simulator's own authority signs. */
export async function makeCertificate(authority: StoredKeyPair, commonName: string): Promise<StoredCertificate> {
  const { privateKeyPem, publicKeyPem } = await makeKeyPair()
  // The first digit keeps the number positive and 20 bytes long.
  const serial = Buffer.concat([SERIAL_MARK, randomBytes(20 - SERIAL_MARK.length)])
  // A certificate counts in whole seconds; a minute back forgives a reader whose clock lags.
  const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000)
  const notAfter = new Date(notBefore.getTime() + LIFETIME_MS)
  return {
    serialNo: serial.toString('hex').toUpperCase(),
    privateKeyPem,
    certificatePem: issue(authority, { serial, commonName, publicKeyPem, notBefore, notAfter }),
    effectiveTime: notBefore.toISOString(),
    expireTime: notAfter.toISOString(),
  }
}

interface CertificateRequest {
  readonly serial: Uint8Array
  readonly commonName: string
  readonly publicKeyPem: string
  readonly notBefore: Date
  readonly notAfter: Date
}

/** X.509 v3 (RFC 5280), SHA-256 with RSA, basicConstraints of an end entity. @returns PEM */
function issue(authority: StoredKeyPair, request: CertificateRequest): string {
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nothing())
  const toSign = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(request.serial),
    algorithm,
    name(ISSUER),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.commonName),
    createPublicKey(request.publicKeyPem).export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(sequence(oid('2.5.29.19'), octets(sequence())))),
  )
  const signature = sign('sha256', toSign, createPrivateKey(authority.privateKeyPem))
  const lines =
    sequence(toSign, algorithm, bits(signature))
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

const name = (commonName: string) => sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))))

const parsed = new Map<string, KeyObject>()

/** Parses a private key once per process. */
export function privateKeyOf(pem: string): KeyObject {
  const known = parsed.get(pem)
  if (known) return known
  const key = createPrivateKey(pem)
  parsed.set(pem, key)
  return key
}
