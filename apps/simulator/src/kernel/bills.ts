import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { BillDay } from './bill-edits.ts'
import type { Clock } from './clock.ts'
import type { Streamed } from './streamed.ts'

/** A file that may be downloaded for a while; times in milliseconds of business time. */
export interface Ticket {
  readonly mchid: string
  readonly expiresAtMs: number
  readonly file: Pick<Streamed, 'bytes' | 'body'>
}

const TICKETS_MAX = 1000

const keyOf = (mchid: string, date: string) => `${mchid} ${date}`

/** What differs from the bills that the orders of one world would give, and the files that were applied for. */
export class BillStore {
  readonly #clock: Clock
  readonly #days = new Map<string, BillDay>()
  readonly #tickets = new Map<string, Ticket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Nothing is different about most days. */
  day(mchid: string, date: string): BillDay {
    return this.#days.get(keyOf(mchid, date)) ?? untouched(mchid, date)
  }

  put(day: BillDay): void {
    this.#days.set(keyOf(day.mchid, day.date), day)
  }

  forget(mchid: string, date: string): void {
    this.#days.delete(keyOf(mchid, date))
  }

  list(): BillDay[] {
    return [...this.#days.values()]
  }

  /** @returns the token of its download_url */
  issue(ticket: Ticket): string {
    for (const [token, { expiresAtMs }] of this.#tickets) {
      if (expiresAtMs <= this.#clock.nowMs() || this.#tickets.size >= TICKETS_MAX) this.#tickets.delete(token)
    }
    const token = randomBytes(48).toString('base64url')
    this.#tickets.set(token, ticket)
    return token
  }

  /** Undefined when there is none any more. */
  ticket(token: string): Ticket | undefined {
    const ticket = this.#tickets.get(token)
    return ticket && this.#clock.nowMs() < ticket.expiresAtMs ? ticket : undefined
  }

  spend(token: string): void {
    this.#tickets.delete(token)
  }

  restore(days: readonly BillDay[]): void {
    for (const day of days) this.put(day)
  }

  clear(): void {
    this.#days.clear()
    this.#tickets.clear()
  }
}

const untouched = (mchid: string, date: string): BillDay =>
  v.parse(BillDay, {
    mchid,
    date,
    state: null,
    generated: null,
    trade: {},
    funds: { BASIC: {}, OPERATION: {}, FEES: {} },
  })
