import type { Diagnosis } from './diagnose.ts'
import type { Events } from './events.ts'

/** One request as the dashboard and the tests see it. */
export interface JournalItem {
  readonly id: string
  readonly at: string
  readonly method: string
  /** As sent, without the query. */
  readonly path: string
  readonly mchid: string | null
  readonly verified: boolean
  /** Why it was not verified. */
  readonly reason: string | null
  /** Null when the connection was cut instead of an answer. */
  readonly status: number | null
  readonly code: string | null
  readonly requestId: string | null
  readonly requestBody: string | null
  readonly responseBody: string | null
  readonly fault: string | null
  readonly diagnosis: Diagnosis | null
}

const KEPT_MAX = 5000
const BODY_KEPT_MAX = 16_384

/** The last requests of one world, oldest first. */
export class Journal {
  readonly #events: Events
  #entries: { readonly item: JournalItem; readonly outTradeNo: string | null }[] = []
  #made = 0

  constructor(events: Events) {
    this.#events = events
  }

  add(entry: Omit<JournalItem, 'id'>, outTradeNo: string | null): void {
    const item = {
      id: `request-${++this.#made}`,
      ...entry,
      requestBody: shorten(entry.requestBody),
      responseBody: shorten(entry.responseBody),
    }
    this.#entries.push({ item, outTradeNo })
    if (this.#entries.length > KEPT_MAX) this.#entries.shift()
    this.#events.publish('request', item)
  }

  /** The newest `limit`, in the order in which they came. */
  list(filter: { readonly outTradeNo?: string | undefined; readonly limit: number }): JournalItem[] {
    const { outTradeNo, limit } = filter
    const fitting =
      outTradeNo === undefined ? this.#entries : this.#entries.filter((one) => one.outTradeNo === outTradeNo)
    return fitting.slice(-limit).map(({ item }) => item)
  }

  clear(): void {
    this.#entries = []
  }
}

const shorten = (body: string | null) =>
  body !== null && body.length > BODY_KEPT_MAX
    ? copy(`${body.slice(0, BODY_KEPT_MAX)}… (${body.length} characters)`)
    : body || null

/** A slice alone would keep the whole text in memory for as long as itself. */
const copy = (text: string) => Buffer.from(text, 'utf16le').toString('utf16le')
