import type { schema } from '@shouyin/wechatpay-core/bills'
import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import type { Clock } from './clock.ts'
import { digits, timeDigits } from './numbers.ts'

export type AccountType = schema.AccountType

/** 资金流水: one change of one account, as the 资金账单 lists it; times in milliseconds of business time. */
export interface StoredFundEntry {
  readonly mchid: string
  readonly account: AccountType
  /** 资金流水单号. */
  readonly flowNo: string
  readonly atMs: number
  /** 微信支付业务单号: of the payment, the refund or the movement itself. */
  readonly businessNo: string
  /** 业务名称 and 业务类型. */
  readonly businessName: string
  readonly businessType: string
  /** 收入 is positive, 支出 negative. */
  readonly amountFen: number
  /** 资金变更提交申请人. */
  readonly applicant: string
  readonly remark: string
  /** 业务凭证号: the merchant's own number. */
  readonly voucherNo: string
  /** Of which order, if of any. */
  readonly outTradeNo: string | null
}

/** With 账户结余, the balance after it. */
export interface FundEntry extends StoredFundEntry {
  readonly balanceFen: number
}

export interface StoredFunds {
  readonly openings: readonly { readonly mchid: string; readonly account: AccountType; readonly balanceFen: number }[]
  readonly entries: readonly StoredFundEntry[]
}

/** What a caller knows of a change; the number and the time are added here. */
export type FundChange = Omit<StoredFundEntry, 'flowNo' | 'atMs'>

interface Ledger {
  openingFen: number
  balanceFen: number
  entries: StoredFundEntry[]
}

const KEPT_MAX = 100_000
/** So many of the oldest entries become part of the opening balance at once. */
const FOLDED = 10_000

const keyOf = (mchid: string, account: AccountType) => `${mchid} ${account}`

/** The accounts of the merchants of one world. Balances follow from the entries, so that taking one back leaves no trace. */
export class FundStore {
  readonly #clock: Clock
  readonly #ledgers = new Map<string, Ledger>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Now. */
  balanceFen(mchid: string, account: AccountType): number {
    return this.#ledgers.get(keyOf(mchid, account))?.balanceFen ?? 0
  }

  /** Before the first change at or after that moment. */
  openingBalance(mchid: string, account: AccountType, atMs: number): number {
    const { openingFen, entries } = this.#ledger(mchid, account)
    return openingFen + sum(entries.filter((entry) => entry.atMs < atMs))
  }

  /** Oldest first, from `fromMs` until before `toMs`, each with the balance after it. */
  entries(mchid: string, account: AccountType, fromMs: number, toMs: number): FundEntry[] {
    const { entries } = this.#ledger(mchid, account)
    let balanceFen = this.openingBalance(mchid, account, fromMs)
    return entries
      .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
      .map((entry) => {
        balanceFen += entry.amountFen
        return { ...entry, balanceFen }
      })
  }

  /** Enters changes of one moment, in this order; a change of nothing is no change. */
  book(...changes: readonly FundChange[]): void {
    for (const change of changes) if (change.amountFen !== 0) this.#enter(change)
  }

  /** Remembers what is booked for one order. @returns how to take back what came after */
  checkpoint(mchid: string, outTradeNo: string): () => void {
    const isOfOrder = (entry: StoredFundEntry) => entry.mchid === mchid && entry.outTradeNo === outTradeNo
    const known = new Set([...this.#ledgers.values()].flatMap(({ entries }) => entries.filter(isOfOrder)))
    return () => {
      for (const ledger of this.#ledgers.values()) {
        ledger.entries = ledger.entries.filter((entry) => !isOfOrder(entry) || known.has(entry))
        ledger.balanceFen = ledger.openingFen + sum(ledger.entries)
      }
    }
  }

  store(): StoredFunds {
    const openings = [...this.#ledgers].map(([key, { openingFen }]) => {
      const [mchid = '', account] = key.split(' ') as [string, AccountType]
      return { mchid, account, balanceFen: openingFen }
    })
    return { openings, entries: [...this.#ledgers.values()].flatMap(({ entries }) => entries) }
  }

  restore({ openings, entries }: StoredFunds): void {
    for (const { mchid, account, balanceFen } of openings) {
      this.#ledgers.set(keyOf(mchid, account), { openingFen: balanceFen, balanceFen, entries: [] })
    }
    for (const entry of entries) this.#put(entry)
  }

  clear(): void {
    this.#ledgers.clear()
  }

  #enter(change: FundChange): void {
    const lastMs = this.#ledger(change.mchid, change.account).entries.at(-1)?.atMs ?? 0
    // A balance runs in one direction of time, even when the wall clock is set back.
    const atMs = Math.max(this.#clock.nowMs(), lastMs)
    this.#put({ ...change, atMs, flowNo: makeFlowNo(change.mchid, new Date(atMs)) })
  }

  #put(entry: StoredFundEntry): void {
    const ledger = this.#ledger(entry.mchid, entry.account)
    ledger.entries.push(entry)
    ledger.balanceFen += entry.amountFen
    if (ledger.entries.length > KEPT_MAX) ledger.openingFen += sum(ledger.entries.splice(0, FOLDED))
  }

  #ledger(mchid: string, account: AccountType): Ledger {
    const key = keyOf(mchid, account)
    const ledger = this.#ledgers.get(key) ?? { openingFen: 0, balanceFen: 0, entries: [] }
    this.#ledgers.set(key, ledger)
    return ledger
  }
}

const sum = (entries: readonly StoredFundEntry[]) => entries.reduce((total, { amountFen }) => total + amountFen, 0)

/** As printed in a sample: the mchid, the day, ten digits. */
const makeFlowNo = (mchid: string, at: Date) => `${mchid}${timeDigits(at).slice(0, 8)}${digits(10)}`

/** What `/_sim/funds` shows of one change. */
export function describeFundEntry(entry: FundEntry) {
  const { atMs, flowNo, businessNo, businessName, businessType, amountFen, balanceFen, remark, voucherNo } = entry
  const at = formatShanghai(new Date(atMs))
  return { at, flowNo, businessNo, businessName, businessType, amountFen, balanceFen, remark, voucherNo }
}
