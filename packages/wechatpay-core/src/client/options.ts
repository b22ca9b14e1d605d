import type { KeyObject } from 'node:crypto'
import type { Outcome } from '../contract/endpoint.ts'
import { isLoopback } from '../contract/fragments.ts'
import { configInvalid, type SignatureReason, type WechatPayErrorCode } from '../errors.ts'
import { localSigner, parseMerchantSerial, type Signer } from '../keys/merchant-key.ts'
import type { PlatformKeysOptions } from '../keys/platform-keys.ts'
import { nodeTransport, type Transport } from './transport.ts'

const OFFICIAL_BASE_URL = 'https://api.mch.weixin.qq.com'
const OFFICIAL_BACKUP_URL = 'https://api2.mch.weixin.qq.com'
const DEADLINE_MS = 10_000

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

export interface Hooks {
  onCall?(event: CallEvent): void
  onVerification?(event: VerificationEvent): void
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
}

/** The options as usable objects. @throws WechatPayError ERR_CONFIG_INVALID naming the setting and the remedy */
export function readOptions(options: WechatPayOptions) {
  if (!/^\d{8,32}$/.test(options.mchid)) throw configInvalid('mchid must be the 商户号, 8 to 32 digits')
  const baseUrl = readBaseUrl(options.baseUrl ?? OFFICIAL_BASE_URL, 'baseUrl')
  const backup = options.backupBaseUrl ?? (baseUrl.origin === OFFICIAL_BASE_URL ? OFFICIAL_BACKUP_URL : undefined)
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS
  if (!Number.isSafeInteger(deadlineMs) || deadlineMs < 1)
    throw configInvalid('deadlineMs must be a whole number of ms')
  return {
    mchid: options.mchid,
    merchantSerialNo: parseMerchantSerial(options.merchantSerialNo),
    signer: readSigner(options),
    apiV3Key: readApiV3Key(options.apiV3Key),
    hosts: backup === undefined ? [baseUrl] : [baseUrl, readBaseUrl(backup, 'backupBaseUrl')],
    transport: options.transport ?? nodeTransport(),
    now: () => (options.clock ? options.clock.now() : new Date()),
    hooks: options.hooks ?? {},
    deadlineMs,
  }
}

export type Settings = ReturnType<typeof readOptions>

function readSigner({ signer, privateKey }: WechatPayOptions): Signer {
  if (signer && privateKey) throw configInvalid('pass either privateKey or signer, not both')
  if (signer) return signer
  if (!privateKey) throw configInvalid('privateKey is missing; pass the contents of apiclient_key.pem, or a signer')
  return localSigner(privateKey)
}

export function readApiV3Key(value: string | Uint8Array): Uint8Array {
  const key = Buffer.from(value as Uint8Array)
  if (key.length !== 32) {
    const remedy = 'set it in 商户平台 → 账户中心 → API安全 → APIv3密钥; a new one: openssl rand -hex 16'
    throw configInvalid(`apiV3Key must be 32 bytes, not ${key.length}; ${remedy}`)
  }
  return key
}

function readBaseUrl(value: string | URL, setting: string): URL {
  const url = URL.parse(String(value))
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw configInvalid(`${setting} must be an https URL`)
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw configInvalid(`${setting} is plain http to another machine; only a simulator on this one may be http`)
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw configInvalid(`${setting} must be an origin such as ${OFFICIAL_BASE_URL}, without a path`)
  }
  return url
}
