import { randomBytes } from 'node:crypto'
import { AccessTokens, type StoredAccessTokens } from './access-tokens.ts'
import type { BillDay } from './bill-edits.ts'
import { BillStore } from './bills.ts'
import { Clock } from './clock.ts'
import { DiscountCardStore } from './discount-card/store.ts'
import type { StoredDiscountCards } from './discount-card/stored.ts'
import { Events } from './events.ts'
import { FaultList } from './faults.ts'
import { FundStore, type StoredFunds } from './funds.ts'
import { Journal } from './journal.ts'
import { makeCertificate, type StoredCertificate, type StoredKeyPair } from './keys.ts'
import { Logins } from './logins.ts'
import type { Merchant } from './merchants.ts'
import type { StoredNotification } from './notification.ts'
import { Notifier } from './notifier.ts'
import { PayScoreStore } from './payscore/store.ts'
import type { StoredPayScore } from './payscore/stored.ts'
import { RefundStore, type StoredRefund } from './refunds.ts'
import { Shipments, type StoredShipment } from './shipments.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import { type StoredTransaction, TransactionStore } from './transactions.ts'

/** What of a world is kept in the data file. Faults, journal and login codes live as long as the process. */
export interface StoredWorld {
  readonly appid: string
  readonly appSecret: string
  readonly merchants: readonly Merchant[]
  readonly platformCertificates: readonly StoredCertificate[]
  readonly percentByPublicKey: number | null
  readonly switches: Switches
  readonly offsetMs: number
  readonly transactions: readonly StoredTransaction[]
  readonly refunds: readonly StoredRefund[]
  readonly funds: StoredFunds
  readonly notifications: readonly StoredNotification[]
  readonly accessTokens: StoredAccessTokens
  readonly shipments: readonly StoredShipment[]
  readonly bills: readonly BillDay[]
  readonly payScore: StoredPayScore
  readonly discountCards: StoredDiscountCards
}

/** A WeChat Pay of its own: one mini-program, its merchants, a clock, faults, switches and everything that happened. */
export class World {
  /** Of the mini-program; all merchants of the world are bound to it. */
  readonly appid: string
  readonly appSecret: string
  readonly merchants: Merchant[]
  /** 平台证书, at most two, the signing one last. */
  platformCertificates: readonly StoredCertificate[]
  /** Set by `/_sim/platform-keys/switch`; null: a merchant's own orders tell which key he holds. */
  percentByPublicKey: number | null
  switches: Switches
  readonly clock: Clock
  readonly events = new Events()
  readonly faults = new FaultList()
  /** Calls whose last answer was a probe by rate. */
  readonly probed = new Set<string>()
  readonly journal: Journal
  readonly logins: Logins
  readonly accessTokens: AccessTokens
  readonly shipments = new Shipments()
  readonly transactions: TransactionStore
  readonly refunds: RefundStore
  readonly funds: FundStore
  readonly bills: BillStore
  readonly payScore: PayScoreStore
  readonly discountCards: DiscountCardStore
  readonly notifier: Notifier

  constructor(stored: StoredWorld) {
    this.appid = stored.appid
    this.appSecret = stored.appSecret
    this.merchants = [...stored.merchants]
    this.platformCertificates = stored.platformCertificates
    this.percentByPublicKey = stored.percentByPublicKey
    this.switches = stored.switches
    this.clock = new Clock(stored.offsetMs)
    this.journal = new Journal(this.events)
    this.logins = new Logins(this.clock)
    this.accessTokens = new AccessTokens(this.clock)
    this.transactions = new TransactionStore(this.clock, this.events)
    this.refunds = new RefundStore(this.clock, this.events)
    this.funds = new FundStore(this.clock)
    this.bills = new BillStore(this.clock)
    this.payScore = new PayScoreStore(this.events)
    this.discountCards = new DiscountCardStore(this.events)
    this.notifier = new Notifier(this)
    this.transactions.restore(stored.transactions)
    this.refunds.restore(stored.refunds)
    this.funds.restore(stored.funds)
    this.notifier.restore(stored.notifications)
    this.accessTokens.restore(stored.accessTokens)
    this.shipments.restore(stored.shipments)
    this.bills.restore(stored.bills)
    this.payScore.restore(stored.payScore)
    this.discountCards.restore(stored.discountCards)
  }

  /** Empties the world; merchants, keys and the time stay. */
  reset(): void {
    this.clock.clear()
    this.faults.replace([])
    this.probed.clear()
    this.switches = defaultSwitches()
    this.percentByPublicKey = null
    this.journal.clear()
    this.logins.clear()
    this.accessTokens.clear()
    this.shipments.clear()
    this.transactions.clear()
    this.refunds.clear()
    this.funds.clear()
    this.bills.clear()
    this.payScore.clear()
    this.discountCards.clear()
    this.notifier.clear()
    this.events.publish('reset')
  }

  /** Remembers one order with its refunds and money. @returns how to put them back */
  checkpoint(mchid: string, outTradeNo: string): () => void {
    const stores = [this.transactions, this.refunds, this.funds]
    const whole = [this.payScore, this.discountCards]
    const restores = [
      ...stores.map((store) => store.checkpoint(mchid, outTradeNo)),
      ...whole.map((store) => store.checkpoint()),
    ]
    return () => {
      for (const restore of restores) restore()
    }
  }

  /** Nothing happens any more by itself. */
  stop(): void {
    this.clock.stop()
  }

  /** 平台证书轮换: the new one signs from now on, the one before stays listed. */
  async rotatePlatformCertificate(authority: StoredKeyPair): Promise<{ serialNo: string; previousSerialNo: string }> {
    const next = await makeCertificate(authority, PLATFORM_NAME)
    const previous = this.platformCertificates.slice(-1)
    this.platformCertificates = [...previous, next]
    return { serialNo: next.serialNo, previousSerialNo: previous[0]?.serialNo ?? '' }
  }

  store(): StoredWorld {
    const { appid, appSecret, merchants, platformCertificates, percentByPublicKey, switches } = this
    const notifications = this.notifier.list()
    const transactions = this.transactions.list().reverse()
    const { offsetMs } = this.clock
    return {
      appid,
      appSecret,
      merchants,
      platformCertificates,
      percentByPublicKey,
      switches,
      offsetMs,
      transactions,
      refunds: this.refunds.list().reverse(),
      funds: this.funds.store(),
      notifications,
      accessTokens: this.accessTokens.store(),
      shipments: this.shipments.list(),
      bills: this.bills.list(),
      payScore: this.payScore.store(),
      discountCards: this.discountCards.store(),
    }
  }
}

const PLATFORM_NAME = 'Shouyin Simulator platform'

/** A new and empty world for one merchant. */
export async function makeWorld(authority: StoredKeyPair, merchant: Merchant, appid: string): Promise<World> {
  return new World({
    appid,
    appSecret: randomBytes(16).toString('hex'),
    merchants: [merchant],
    platformCertificates: [await makeCertificate(authority, PLATFORM_NAME)],
    percentByPublicKey: null,
    switches: defaultSwitches(),
    offsetMs: 0,
    transactions: [],
    refunds: [],
    funds: { openings: [], entries: [] },
    notifications: [],
    accessTokens: { tokens: [], forcedAtMs: [] },
    shipments: [],
    bills: [],
    payScore: { services: [], plans: [], signPlans: [], orders: [] },
    discountCards: { templates: [], preparations: [], cards: [] },
  })
}
