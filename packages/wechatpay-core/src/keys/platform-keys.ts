import { type KeyObject, X509Certificate } from 'node:crypto'
import { configInvalid } from '../errors.ts'
import { parsePublicKey } from './merchant-key.ts'

/** Keys with which WeChat Pay signs: certificates and the public key side by side, because both arrive in a switch-over. */
export interface PlatformKeysOptions {
  /** 微信支付公钥: `id` is `PUB_KEY_ID_…`. */
  readonly publicKey?: { readonly id: string; readonly pem: string }
  /** 平台证书 in PEM. */
  readonly certificates?: readonly string[]
  /** Downloads the certificates when a serial is unknown. Default: when no public key is held. */
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
  /** Newest key to encrypt sensitive fields with: the public key, else the certificate that became effective last. */
  newest(): { readonly serial: string; readonly key: KeyObject } | undefined
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
  monotonicMs: () => number = () => performance.now(),
): PlatformKeys {
  const publicKey = options.publicKey && readPublicKey(options.publicKey)
  const certificates = new Map((options.certificates ?? []).map(parseCertificate).map((c) => [c.serialNo, c]))
  const mayFetch = options.fetchCertificates ?? !publicKey
  if (!publicKey && certificates.size === 0 && !mayFetch) {
    throw configInvalid(
      'platformKeys names no key: pass publicKey { id, pem }, certificates, or fetchCertificates: true',
    )
  }
  let triedAtMs = Number.NEGATIVE_INFINITY
  let refreshedAtMs = Number.NEGATIVE_INFINITY
  let inFlight: Promise<void> | undefined

  const refresh = async () => {
    triedAtMs = monotonicMs()
    // The old set stays: WeChat signs with it until the switch is over, and a failed download must not blind us.
    for (const certificate of await download()) certificates.set(certificate.serialNo, certificate)
    refreshedAtMs = monotonicMs()
  }
  const refreshOnce = () => {
    inFlight ??= refresh().finally(() => {
      inFlight = undefined
    })
    return inFlight
  }
  const lookUp = (serial: string) =>
    serial === publicKey?.id ? publicKey.key : certificates.get(serial.toUpperCase())?.key

  return {
    publicKeyId: publicKey?.id,
    async find(serial) {
      const known = lookUp(serial)
      if (known) {
        const stale = mayFetch && certificates.size > 0 && monotonicMs() - Math.max(refreshedAtMs, triedAtMs) > FRESH_MS
        if (stale) refreshOnce().catch(() => {})
        return known
      }
      if (!mayFetch || serial.startsWith('PUB_KEY_ID_')) return undefined
      if (inFlight || monotonicMs() - triedAtMs >= COOLDOWN_MS) await refreshOnce()
      return lookUp(serial)
    },
    newest() {
      if (publicKey) return { serial: publicKey.id, key: publicKey.key }
      const latest = [...certificates.values()].sort((a, b) => b.effectiveAt.getTime() - a.effectiveAt.getTime())[0]
      return latest && { serial: latest.serialNo, key: latest.key }
    },
  }
}

function readPublicKey({ id, pem }: { readonly id: string; readonly pem: string }) {
  if (!/^PUB_KEY_ID_\w+$/.test(id)) {
    throw configInvalid(
      'platformKeys.publicKey.id must be the 公钥ID of 商户平台 → API安全, which starts with PUB_KEY_ID_',
    )
  }
  return { id, key: parsePublicKey(pem, 'platformKeys.publicKey.pem') }
}
