import { type KeyObject, randomBytes } from 'node:crypto'
import { privateKeyOf, type StoredCertificate } from './keys.ts'
import type { Merchant } from './merchants.ts'
import type { World } from './world.ts'

/** A key of WeChat Pay and the serial under which the merchant looks it up. */
export interface PlatformSigner {
  readonly key: KeyObject
  readonly serial: string
}

/** What `GET /v3/certificates` lists: nothing for a merchant with a public key only. */
export const listedCertificates = (world: World, merchant: Merchant): readonly StoredCertificate[] =>
  merchant.mode === 'public_key' ? [] : world.platformCertificates

/** True when the merchant may name this serial in a request. */
export function isOwnSerial(world: World, merchant: Merchant, serial: string): boolean {
  if (merchant.publicKey?.id === serial) return true
  return listedCertificates(world, merchant).some(({ serialNo }) => serialNo === serial)
}

/** The private half of the key that the merchant encrypts with. @param serial one that `isOwnSerial` knows */
export function platformKey(world: World, merchant: Merchant, serial: string): KeyObject {
  if (serial === merchant.publicKey?.id) return privateKeyOf(merchant.publicKey.privateKeyPem)
  const certificate = listedCertificates(world, merchant).find(({ serialNo }) => serialNo === serial)
  if (!certificate) throw new Error(`no platform key ${serial}`)
  return privateKeyOf(certificate.privateKeyPem)
}

/** Answers: by the public key exactly when the request named it, in the two pure modes by the only key there is. */
export function answerSigner(world: World, merchant: Merchant, requestSerial: string | undefined): PlatformSigner {
  const isNamed = requestSerial !== undefined && requestSerial === merchant.publicKey?.id
  return merchant.mode === 'public_key' || isNamed ? byPublicKey(world, merchant) : byCertificate(world)
}

/**
 * Notifications: during a switch-over WeChat moves a share of them to the public key. Until a share is set, DERIVED:
 * the key that the merchant's own order named, so that whoever holds only one of the two can read them.
 */
export function notificationSigner(world: World, merchant: Merchant, namesPublicKey: boolean): PlatformSigner {
  if (merchant.mode === 'public_key') return byPublicKey(world, merchant)
  const { percentByPublicKey } = world
  const wantsPublicKey = percentByPublicKey === null ? namesPublicKey : Math.random() * 100 < percentByPublicKey
  return wantsPublicKey ? byPublicKey(world, merchant) : byCertificate(world)
}

function byPublicKey(world: World, merchant: Merchant): PlatformSigner {
  if (!merchant.publicKey) return byCertificate(world)
  return { key: privateKeyOf(merchant.publicKey.privateKeyPem), serial: merchant.publicKey.id }
}

function byCertificate(world: World): PlatformSigner {
  const current = world.platformCertificates.at(-1)
  if (!current) throw new Error('a world has at least one platform certificate')
  return { key: privateKeyOf(current.privateKeyPem), serial: current.serialNo }
}

/** 签名探测: what WeChat sends in place of a signature to see whether anybody checks. */
export const probeSignature = () => `WECHATPAY/SIGNTEST/${randomBytes(180).toString('base64')}`

/** A serial that no key has. */
export const unknownSerial = () => randomBytes(20).toString('hex').toUpperCase()
