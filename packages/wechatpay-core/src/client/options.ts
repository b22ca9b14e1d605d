import { createSecretKey, type KeyObject } from 'node:crypto'
import type { Outcome } from '../contract/endpoint.ts'
import { isLoopback } from '../contract/fragments.ts'
import { configInvalid, type SignatureReason, type WechatPayErrorCode } from '../errors.ts'
import { localSigner, parseMerchantSerial, parsePrivateKey, type Signer } from '../keys/merchant-key.ts'
import type { PlatformKeysOptions } from '../keys/platform-keys.ts'
import { nodeTransport, type Transport } from './transport.ts'

const OFFICIAL_BASE_URL = 'https://api.mch.weixin.qq.com'
const OFFICIAL_BACKUP_URL = 'https://api2.mch.weixin.qq.com'
const DEADLINE_MS = 10_000
const STALL_MS = 30_000
const DEADLINE_MS_MAX = 600_000

/** What became of one call, for logs and metrics: no bodies, no keys, nothing about the payer. */
export interface CallEvent {
  readonly endpoint: string
  readonly status: number | undefined
  readonly error: WechatPayErrorCode | undefined
  readonly apiCode: string | undefined
  readonly outcome: Outcome | undefined
  readonly requestId: string | undefined
  readonly tries: number
  readonly durationMs: number
  /** WeChat's clock minus ours, from the Date header. */
  readonly skewMs: number | undefined
}

/** One check of a signature. Probes have a reason of their own so that they are counted apart from forgeries. */
export interface VerificationEvent {
  readonly source: 'answer' | 'notification'
  readonly result: 'valid' | SignatureReason
}

/** Told after the fact; what a hook throws is dropped. */
export interface Hooks {
  readonly onCall?: (event: CallEvent) => unknown
  readonly onVerification?: (event: VerificationEvent) => unknown
}

export interface WechatPayOptions {
  /** 商户号. */
  readonly mchid: string
  /** 商户API证书序列号, or the contents of apiclient_cert.pem. */
  readonly merchantSerialNo: string
  /** apiclient_key.pem. Or pass `signer`. */
  readonly privateKey?: string | Uint8Array | KeyObject
  readonly signer?: Signer
  /** APIv3密钥: 32 characters. */
  readonly apiV3Key: string | Uint8Array
  /** For the days of a change: what is sealed with this one opens too. Which of the two is the new one does not matter. */
  readonly previousApiV3Key?: string | Uint8Array | undefined
  readonly platformKeys: PlatformKeysOptions
  /** Default: the official host. Any other host gets no backup host unless `backupBaseUrl` names one. */
  readonly baseUrl?: string | URL
  readonly backupBaseUrl?: string | URL
  readonly transport?: Transport
  /** Wall time: WeChat's timestamps are. */
  readonly clock?: { now(): Date }
  readonly hooks?: Hooks
  /** For one call with all its tries. Default 10 s. */
  readonly deadlineMs?: number
  /** The longest wait for the next bytes of a download, which has no deadline. Default 30 s. */
  readonly stallMs?: number
}

/** The options as usable objects. @throws WechatPayError ERR_CONFIG_INVALID naming the setting and the remedy */
export function readOptions(options: WechatPayOptions) {
  const { mchid, transport, clock, deadlineMs = DEADLINE_MS, stallMs = STALL_MS } = options
  if (!/^\d{8,32}$/.test(mchid)) throw configInvalid('mchid must be the 商户号, 8 to 32 digits')
  if (typeof options.platformKeys !== 'object' || options.platformKeys === null) {
    throw configInvalid('platformKeys is missing; pass { publicKey: { id, pem } }, or {} to download certificates')
  }
  if (transport && typeof transport.send !== 'function') throw configInvalid('transport must have a send function')
  if (clock && Number.isNaN(clock.now().getTime())) throw configInvalid('clock.now() must answer a valid Date')
  for (const [name, ms] of Object.entries({ deadlineMs, stallMs })) {
    if (Number.isSafeInteger(ms) && ms >= 1 && ms <= DEADLINE_MS_MAX) continue
    throw configInvalid(`${name} must be a whole number of milliseconds from 1 to ${DEADLINE_MS_MAX}`)
  }
  return {
    mchid,
    ...readMerchantKey(options),
    apiV3Keys: readApiV3Keys(options),
    ...readHosts(options),
    transport: transport ?? nodeTransport(),
    now: () => (clock ? clock.now() : new Date()),
    hooks: options.hooks ?? {},
    deadlineMs,
    stallMs,
  }
}

export type Settings = ReturnType<typeof readOptions>

function readMerchantKey({ signer, privateKey, merchantSerialNo: serial }: WechatPayOptions) {
  if (signer && privateKey) throw configInvalid('pass either privateKey or signer, not both')
  if (typeof serial !== 'string') throw configInvalid('merchantSerialNo is missing; it is the 商户API证书序列号')
  if (signer) {
    if (typeof signer.sign !== 'function') throw configInvalid('signer must have a sign function')
    return { signer, merchantSerialNo: parseMerchantSerial(serial) }
  }
  if (!privateKey) throw configInvalid('privateKey is missing; pass the contents of apiclient_key.pem, or a signer')
  const key = parsePrivateKey(privateKey)
  return { signer: localSigner(key), merchantSerialNo: parseMerchantSerial(serial, key) }
}

function readApiV3Keys({ apiV3Key, previousApiV3Key: previous }: WechatPayOptions): readonly KeyObject[] {
  const current = readApiV3Key(apiV3Key, 'apiV3Key')
  return previous === undefined ? [current] : [current, readApiV3Key(previous, 'previousApiV3Key')]
}

/** One final newline is taken off: a file made with an editor or with `openssl rand -hex 16` has one. */
function readApiV3Key(value: string | Uint8Array, setting: string): KeyObject {
  const remedy = 'set it in 商户平台 → 账户中心 → API安全 → APIv3密钥; a new one: openssl rand -hex 16'
  if (typeof value !== 'string' && !(value instanceof Uint8Array))
    throw configInvalid(`${setting} is missing; ${remedy}`)
  const bytes = Buffer.from(value as Uint8Array)
  const key = bytes.length > 32 ? Buffer.from(bytes.toString('latin1').replace(/\r?\n$/, ''), 'latin1') : bytes
  if (key.length !== 32) throw configInvalid(`${setting} must be 32 bytes, not ${key.length}; ${remedy}`)
  return createSecretKey(key)
}

function readHosts(options: WechatPayOptions) {
  const baseUrl = readBaseUrl(options.baseUrl ?? OFFICIAL_BASE_URL, 'baseUrl')
  const backup = options.backupBaseUrl ?? (baseUrl.origin === OFFICIAL_BASE_URL ? OFFICIAL_BACKUP_URL : undefined)
  return { baseUrl, backupBaseUrl: backup === undefined ? undefined : readBaseUrl(backup, 'backupBaseUrl') }
}

/** An origin. @throws WechatPayError for plain http to another machine and for anything beyond an origin */
export function readBaseUrl(value: string | URL, setting: string): URL {
  const url = URL.parse(String(value))
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw configInvalid(`${setting} must be an https URL`)
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw configInvalid(`${setting} is plain http to another machine; only a simulator on this one may be http`)
  }
  if (url.href !== `${url.origin}/`) {
    throw configInvalid(`${setting} must be an origin such as ${OFFICIAL_BASE_URL}, without path, query or password`)
  }
  return url
}
