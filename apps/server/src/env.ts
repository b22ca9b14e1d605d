import type { KeyObject, X509Certificate } from 'node:crypto'
import type { BlockList } from 'node:net'
import type { PayScoreConfig } from './kernel/context.ts'
import { defaultRateLimits, type RateLimits } from './kernel/http/rate-limit.ts'
import type { LogLevel } from './kernel/log.ts'
import {
  parseCertificate,
  parsePrivateKey,
  parsePublicKey,
  refuseSimulatorCertificates,
  refuseSimulatorSerial,
} from './settings/keys.ts'
import { parseProxies } from './settings/proxies.ts'
import { createReader, type Reader, type Source } from './settings/reader.ts'

export interface ServerEnv {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  /** Base of the notify_url and of the addresses of pictures; undefined: wherever the server listens. */
  readonly publicUrl: URL | undefined
  /** WeChat Pay is not on this machine: real money moves. */
  readonly live: boolean
  readonly merchant: {
    readonly mchid: string
    readonly name: string
    readonly serialNo: string
    readonly privateKey: KeyObject
    readonly apiV3Key: Buffer
    /** For the day of a change. */
    readonly previousApiV3Key?: Buffer | undefined
    readonly publicKey: { readonly id: string; readonly pem: string } | undefined
    /** apiclient_cert.pem, for the doctor; payments do not need it. */
    readonly certificate?: X509Certificate | undefined
  }
  readonly wechatpayBaseUrl: URL
  readonly openApi: { readonly appid: string; readonly appSecret: string; readonly baseUrl: URL }
  readonly orderTtlSeconds: number
  readonly refundApprovalAboveFen: number
  readonly refundAutoApproveFen: number
  /** 发货信息管理: WeChat is told what was fulfilled. */
  readonly shippingInfo: boolean
  /** 支付分: undefined where the shop has no service. */
  readonly payScore?: PayScoreConfig | undefined
  readonly businessClockUrl: URL | undefined
  readonly rateLimits: RateLimits
  /** Whose X-Forwarded-For is believed. */
  readonly trustedProxies: BlockList
  /** Lets others than this machine read /metrics. */
  readonly metricsToken?: string | undefined
  readonly logLevel: LogLevel
}

const WEEK_SECONDS = 604_800
const PREVIOUS_KEY_SETTING = 'WECHATPAY_API_V3_KEY_PREVIOUS_FILE'
const CERTIFICATE_SETTING = 'WECHATPAY_MERCHANT_CERTIFICATE_FILE'
/** One billion yuan, the most that an order can have. */
const FEN_MAX = 100_000_000_000
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

/**
 * The settings as usable objects.
 * @throws Error that lists everything that is wrong, each with the setting and the remedy
 */
export function readEnv(source: Source = process.env): ServerEnv {
  const read = createReader(source)
  const wechatpayBaseUrl = read.origin('WECHATPAY_BASE_URL', 'https://api.mch.weixin.qq.com')
  const live = wechatpayBaseUrl !== undefined && !read.isOnThisMachine(wechatpayBaseUrl)
  const env = {
    databaseUrl: read.databaseUrl('DATABASE_URL'),
    host: read.text('HOST', '127.0.0.1'),
    port: read.integer(source.PORT === undefined && source.SERVER_PORT ? 'SERVER_PORT' : 'PORT', 0, 65_535, 8700),
    publicUrl: readPublicUrl(read, live),
    live,
    merchant: readMerchant(read, live),
    wechatpayBaseUrl,
    openApi: {
      appid: read.pattern('WEIXIN_APPID', /^wx[0-9a-zA-Z]{16}$/, 'the AppID of the mini-program, wx and 16 characters'),
      appSecret: read.secretFile('WEIXIN_APP_SECRET_FILE', live)?.trim(),
      baseUrl: read.origin('WEIXIN_API_BASE_URL', 'https://api.weixin.qq.com'),
    },
    orderTtlSeconds: read.integer('ORDER_TTL_SECONDS', 1, WEEK_SECONDS, 1800),
    refundApprovalAboveFen: read.integer('REFUND_APPROVAL_ABOVE_FEN', 0, FEN_MAX, 100_000),
    refundAutoApproveFen: read.integer('REFUND_AUTO_APPROVE_FEN', 0, FEN_MAX, 0),
    shippingInfo: read.choice('SHIPPING_INFO', ['off', 'on'], 'off') === 'on',
    payScore: readPayScore(read, live),
    businessClockUrl: readBusinessClockUrl(read, live),
    rateLimits: {
      ...defaultRateLimits,
      perUserPerMinute: read.integer('RATE_LIMIT_USER', 1, 1e9, defaultRateLimits.perUserPerMinute),
      perKeyPerMinute: read.integer('RATE_LIMIT_KEY', 1, 1e9, defaultRateLimits.perKeyPerMinute),
      perAddressPerMinute: read.integer('RATE_LIMIT_ADDRESS', 1, 1e9, defaultRateLimits.perAddressPerMinute),
    },
    trustedProxies: read.attempt('TRUSTED_PROXIES', () => parseProxies(source.TRUSTED_PROXIES ?? '')),
    metricsToken: readMetricsToken(read, live),
    logLevel: read.choice('LOG_LEVEL', logLevels, 'info'),
  }
  return read.finish<ServerEnv>(env)
}

function readPublicUrl(read: Reader, live: boolean): URL | undefined {
  if (!live && !read.has('PUBLIC_URL')) return undefined
  const url = read.origin('PUBLIC_URL')
  if (live && url && url.protocol !== 'https:') {
    read.problem('PUBLIC_URL', `must be https: WeChat Pay sends notifications to nothing else, not to ${url.origin}`)
  }
  return url
}

function readMerchant(read: Reader, live: boolean) {
  const serial = /^[0-9A-Fa-f]{40}$/
  const serialHelp =
    'the serial of the merchant certificate, 40 hex digits; read it with: openssl x509 -in apiclient_cert.pem -noout -serial'
  const keyPem = read.secretFile('WECHATPAY_MERCHANT_PRIVATE_KEY_FILE', live)
  const publicKey = readPublicKey(read)
  const certificate = readCertificate(read)
  const serialNo = read.pattern('WECHATPAY_MERCHANT_SERIAL_NO', serial, serialHelp)
  if (live) {
    refuseSimulatorSerial(read, 'WECHATPAY_MERCHANT_SERIAL_NO', serialNo)
    refuseSimulatorCertificates(read, 'WECHATPAY_MERCHANT_PRIVATE_KEY_FILE', keyPem)
    refuseSimulatorCertificates(read, 'WECHATPAY_PUBLIC_KEY_FILE', publicKey?.pem)
    refuseSimulatorCertificates(read, CERTIFICATE_SETTING, certificate?.toString())
  }
  return {
    mchid: read.pattern('WECHATPAY_MCHID', /^\d{8,32}$/, 'the 商户号, 8 to 32 digits'),
    // It stands on the shopper's bill: there the name of the sample must not.
    name: read.text('MERCHANT_NAME', live ? '商城' : '收银体育馆'),
    serialNo,
    privateKey:
      keyPem === undefined
        ? undefined
        : read.attempt('WECHATPAY_MERCHANT_PRIVATE_KEY_FILE', () => parsePrivateKey(keyPem)),
    apiV3Key: readApiV3Key(read, 'WECHATPAY_API_V3_KEY_FILE', live),
    previousApiV3Key: read.has(PREVIOUS_KEY_SETTING) ? readApiV3Key(read, PREVIOUS_KEY_SETTING, live) : undefined,
    publicKey,
    certificate,
  }
}

function readApiV3Key(read: Reader, setting: string, live: boolean): Buffer | undefined {
  const key = read.secretFile(setting, live)?.trim()
  if (key === undefined) return undefined
  const bytes = Buffer.from(key)
  const help = 'set in 商户平台 → 账户中心 → API安全 → APIv3密钥; a new one: openssl rand -hex 16'
  return bytes.length === 32 ? bytes : read.problem(setting, `must hold 32 bytes, not ${bytes.length}; ${help}`)
}

function readCertificate(read: Reader): X509Certificate | undefined {
  const pem = read.has(CERTIFICATE_SETTING) ? read.file(CERTIFICATE_SETTING) : undefined
  return pem === undefined ? undefined : read.attempt(CERTIFICATE_SETTING, () => parseCertificate(pem))
}

/** Both or none: without, platform certificates are downloaded. */
function readPublicKey(read: Reader): { id: string; pem: string } | undefined {
  if (!read.has('WECHATPAY_PUBLIC_KEY_ID') && !read.has('WECHATPAY_PUBLIC_KEY_FILE')) return undefined
  const id = read.pattern(
    'WECHATPAY_PUBLIC_KEY_ID',
    /^PUB_KEY_ID_\w+$/,
    'the 公钥ID of 商户平台 → API安全, PUB_KEY_ID_…',
  )
  const pem = read.file('WECHATPAY_PUBLIC_KEY_FILE')
  if (pem !== undefined) read.attempt('WECHATPAY_PUBLIC_KEY_FILE', () => parsePublicKey(pem))
  return { id: id ?? '', pem: pem ?? '' }
}

function readPayScore(read: Reader, live: boolean): PayScoreConfig | undefined {
  const keySetting = 'WECHATPAY_API_V2_KEY_FILE'
  if (!read.has('WECHATPAY_PAYSCORE_SERVICE_ID')) return undefined
  const serviceId = read.pattern(
    'WECHATPAY_PAYSCORE_SERVICE_ID',
    /^[0-9A-Za-z]{1,32}$/,
    'the 服务ID of 微信支付分, as WeChat Pay gave it',
  )
  const apiV2Key = read.has(keySetting) ? read.secretFile(keySetting, live)?.trim() : null
  if (apiV2Key && apiV2Key.length !== 32) {
    read.problem(keySetting, 'must hold 32 characters: 商户平台 → 账户中心 → API安全 → APIv2密钥')
  }
  return { serviceId: serviceId ?? '', apiV2Key: apiV2Key ?? null }
}

function readBusinessClockUrl(read: Reader, live: boolean): URL | undefined {
  if (!read.has('BUSINESS_CLOCK_URL')) return undefined
  if (live) read.problem('BUSINESS_CLOCK_URL', 'is for simulators; unset it, real payments go by real time')
  return read.url('BUSINESS_CLOCK_URL')
}

function readMetricsToken(read: Reader, live: boolean): string | undefined {
  if (!read.has('METRICS_TOKEN_FILE')) return undefined
  const token = read.secretFile('METRICS_TOKEN_FILE', live)?.trim()
  if (token !== undefined && !/^[!-~]{16,}$/.test(token)) {
    read.problem(
      'METRICS_TOKEN_FILE',
      'must hold 16 or more characters without spaces; a new one: openssl rand -hex 32',
    )
  }
  return token
}

/** For commands that need nothing but the database. @throws SettingsError */
export function readDatabaseUrl(source: Source = process.env): string {
  const read = createReader(source)
  return read.finish<{ url: string }>({ url: read.databaseUrl('DATABASE_URL') }).url
}
