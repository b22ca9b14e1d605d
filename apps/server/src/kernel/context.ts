import type { Scope } from '@shouyin/contracts/merchant'
import type { WechatPay } from '@shouyin/wechatpay-core'
import type { OpenApi } from '@shouyin/wechatpay-core/open-api'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Clock } from './clock.ts'
import type { FindDiscount } from './discount.ts'
import type { Effects } from './effects.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'

/** Something that a person has to look at: logged as an error and counted by kind. */
export type Alarm = (kind: string, detail: Readonly<Record<string, unknown>>) => void

export interface Config {
  readonly mchid: string
  readonly appid: string
  /** What shoppers read on their bill. */
  readonly merchantName: string
  /** Where WeChat Pay and the phones reach this server. */
  readonly notifyBaseUrl: URL
  readonly orderTtlSeconds: number
  /** A refund above it needs a second person. */
  readonly refundApprovalAboveFen: number
  /** What shoppers ask back up to this sum goes by itself. */
  readonly refundAutoApproveFen: number
  /** 发货信息管理: WeChat is told what was fulfilled. */
  readonly shippingInfo: boolean
  /** 支付分: null where the shop has no service. */
  readonly payScore: PayScoreConfig | null
}

export interface PayScoreConfig {
  readonly serviceId: string
  /** Signs the way to WeChat's page of a service order; without it nobody is led there. */
  readonly apiV2Key: string | null
}

/** All that a verb may touch. */
export interface Ctx {
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly log: Logger
  /** The client of that merchant. @throws UnknownMerchantError */
  readonly wechat: (mchid: string) => WechatPay
  readonly config: Config
  /** What settled charges mean. */
  readonly effects: Effects
  /** What makes orders cheaper. */
  readonly discount: FindDiscount
  readonly alarm: Alarm
  /** Due work runs now rather than at its next turn. Never fails, never waits. */
  readonly wake: () => void
}

/** Who is logged in. */
export interface Actor {
  readonly userId: string
  readonly appid: string
  readonly openid: string
}

/** … on behalf of somebody with a session. */
export interface ShopperCtx extends Ctx {
  readonly actor: Actor
}

/** Who works for the shop, and what they may do. */
export interface MerchantActor {
  readonly person: string
  /** Null: at the command line. */
  readonly keyId: string | null
  readonly scopes: readonly Scope[]
}

/** … by a merchant key. */
export interface KeyHolder extends MerchantActor {
  readonly keyId: string
}

/** … on behalf of somebody of the shop. */
export interface MerchantCtx extends Ctx {
  readonly merchant: MerchantActor
}

/** What is known about one HTTP request besides its input. */
export interface RequestInfo {
  readonly requestId: string
  /** Method and path template, e.g. `POST /api/orders`. */
  readonly operation: string
  /** Present exactly on routes that declare `idempotent`. */
  readonly idempotencyKey: string | undefined
}

/** What the platform itself uses besides. */
export interface ServerCtx extends Ctx {
  readonly metrics: Metrics
  readonly openApi: OpenApi
}
