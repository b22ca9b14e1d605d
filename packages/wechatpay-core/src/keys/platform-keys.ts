import { type KeyObject, X509Certificate } from 'node:crypto'
import { configInvalid } from '../errors.ts'
import { isStrongRsa, parsePublicKey } from './merchant-key.ts'

/** Keys with which WeChat Pay signs: certificates and the public key side by side, because both arrive in a switch-over. */
export interface PlatformKeysOptions {
  /** 微信支付公钥: `id` is `PUB_KEY_ID_…`. */
  readonly publicKey?: { readonly id: string; readonly pem: string }
  /** 平台证书 in PEM. */
  readonly certificates?: readonly string[]
  /**
   * Downloads the certificates when a serial is unknown. Default true: a merchant with a public key gets notifications
   * signed by a certificate for days before and during the switch-over. One without certificates just answers 404.
   */
  readonly fetchCertificates?: boolean
}

/** A certificate of the platform, as downloaded or configured. */
export interface PlatformCertificate {
  readonly serialNo: string
  readonly key: KeyObject
  readonly effectiveAt: Date
  readonly expiresAt: Date
}

export interface PlatformKeys {
  /** Id of the WeChat Pay public key when one is held. */
  readonly publicKeyId: string | undefined
  /** The key of that serial; an unknown serial refreshes the certificates once per cooldown. */
  find(serial: string): Promise<KeyObject | undefined>
  /** The key of that serial among those held, without asking anybody. */
  held(serial: string): KeyObject | undefined
  /** The public key, else the valid certificate that became effective last, downloaded if there is none. */
  newest(): Promise<{ readonly serial: string; readonly key: KeyObject } | undefined>
}

const COOLDOWN_MS = 30_000
/** Certificates are asked for again before WeChat's advice of 12 h has passed. */
const FRESH_MS = 11 * 3600 * 1000

export function parseCertificate(pem: string): PlatformCertificate {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem)
  } catch {
    throw configInvalid('platformKeys.certificates has an entry that is not a PEM certificate of WeChat Pay')
  }
  if (!isStrongRsa(certificate.publicKey)) {
    throw configInvalid('platformKeys.certificates has a certificate without an RSA key of 2048 bits or more')
  }
  return {
    serialNo: certificate.serialNumber.toUpperCase(),
    key: certificate.publicKey,
    effectiveAt: certificate.validFromDate,
    expiresAt: certificate.validToDate,
  }
}

/**
 * @param download fetches and authenticates the current certificates
 * @param monotonicMs a clock that never jumps: the cooldown must hold while the wall clock is being set
 */
export function createPlatformKeys(
  options: PlatformKeysOptions,
  download: () => Promise<readonly PlatformCertificate[]>,
  now: () => Date = () => new Date(),
  monotonicMs: () => number = () => performance.now(),
): PlatformKeys {
  const publicKey = options.publicKey && readPublicKey(options.publicKey)
  const certificates = new Map(readCertificates(options.certificates).map((c) => [c.serialNo, c]))
  const mayFetch = options.fetchCertificates ?? true
  if (!publicKey && certificates.size === 0 && !mayFetch) {
    throw configInvalid(
      'platformKeys names no key: pass publicKey { id, pem }, certificates, or fetchCertificates: true',
    )
  }
  const refresher = createRefresher(async () => {
    // The old set stays: WeChat signs with it until the switch is over, and a failed download must not blind us.
    for (const certificate of await download()) certificates.set(certificate.serialNo, certificate)
  }, monotonicMs)
  const held = (serial: string) =>
    serial === publicKey?.id ? publicKey.key : certificates.get(serial.toUpperCase())?.key
  const newestCertificate = () =>
    [...certificates.values()]
      .filter((certificate) => certificate.expiresAt > now())
      .sort((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime())[0]

  return {
    publicKeyId: publicKey?.id,
    held,
    async find(serial) {
      const known = held(serial)
      if (known) {
        if (mayFetch && certificates.size > 0 && refresher.isStale()) refresher.refresh().catch(() => {})
        return known
      }
      if (mayFetch && !serial.startsWith('PUB_KEY_ID_')) await refresher.refresh()
      return held(serial)
    },
    async newest() {
      if (publicKey) return { serial: publicKey.id, key: publicKey.key }
      if (!newestCertificate() && mayFetch) await refresher.refresh()
      const latest = newestCertificate()
      return latest && { serial: latest.serialNo, key: latest.key }
    },
  }
}

/** Single-flight, and at most once in a cooldown, whoever asks how often. */
function createRefresher(download: () => Promise<void>, monotonicMs: () => number) {
  let triedAtMs = Number.NEGATIVE_INFINITY
  let refreshedAtMs = Number.NEGATIVE_INFINITY
  let inFlight: Promise<void> | undefined
  const start = async () => {
    triedAtMs = monotonicMs()
    await download()
    refreshedAtMs = monotonicMs()
  }
  return {
    isStale: () => monotonicMs() - refreshedAtMs > FRESH_MS,
    refresh(): Promise<void> {
      if (!inFlight && monotonicMs() - triedAtMs < COOLDOWN_MS) return Promise.resolve()
      inFlight ??= start().finally(() => {
        inFlight = undefined
      })
      return inFlight
    },
  }
}

function readCertificates(pems: readonly string[] = []): readonly PlatformCertificate[] {
  if (!Array.isArray(pems)) throw configInvalid('platformKeys.certificates must be a list of certificates in PEM')
  return pems.map(parseCertificate)
}

function readPublicKey({ id, pem }: { readonly id: string; readonly pem: string }) {
  if (!/^PUB_KEY_ID_\w+$/.test(id)) {
    throw configInvalid(
      'platformKeys.publicKey.id must be the 公钥ID of 商户平台 → API安全, which starts with PUB_KEY_ID_',
    )
  }
  if (typeof pem !== 'string') throw configInvalid('platformKeys.publicKey.pem must be the contents of pub_key.pem')
  return { id, key: parsePublicKey(pem, 'platformKeys.publicKey.pem') }
}
