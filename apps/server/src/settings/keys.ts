import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { localSigner } from '@shouyin/wechatpay-core'
import type { Reader } from './reader.ts'

/** Whoever is issued by this is no real merchant and no real WeChat Pay. */
const SIMULATOR_ISSUER = 'Shouyin Simulator'

/** apiclient_key.pem. @throws Error saying what it is instead and how to make it right */
export function parsePrivateKey(pem: string): KeyObject {
  // Core knows all usual mistakes and their remedies.
  localSigner(pem)
  return createPrivateKey(pem)
}

/** apiclient_cert.pem. @throws Error */
export function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error('is no certificate; pass apiclient_cert.pem')
  }
}

/** pub_key.pem of WeChat Pay. @throws Error */
export function parsePublicKey(pem: string): KeyObject {
  if (!/BEGIN (RSA )?PUBLIC KEY/.test(pem)) throw new Error('is not a public key; pass pub_key.pem of WeChat Pay')
  try {
    return createPublicKey(pem)
  } catch {
    throw new Error('is no public key; check it with: openssl pkey -pubin -in pub_key.pem -noout')
  }
}

/** Serials of a simulator begin with SHOUYIN: a bare private key has no issuer to look at. */
export function refuseSimulatorSerial(read: Reader, name: string, serial: string | undefined): void {
  if (serial === undefined || !Buffer.from(serial, 'hex').toString('latin1').startsWith('SHOUYIN')) return
  read.problem(name, `is of a certificate of ${SIMULATOR_ISSUER}; use the files of the real merchant account`)
}

/** Certificates that stand in a file beside the key. */
export function refuseSimulatorCertificates(read: Reader, name: string, pem: string | undefined): void {
  for (const block of pem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []) {
    const issuer = read.attempt(name, () => new X509Certificate(block).issuer)
    if (issuer?.includes(SIMULATOR_ISSUER)) {
      read.problem(name, `holds a certificate of ${SIMULATOR_ISSUER}; use the files of the real merchant account`)
    }
  }
}
