import type { House } from './house.ts'
import type { Order, Shopper } from './shopper.ts'

/** An order whose prepay_id a shopper has. */
export interface TappedOrder {
  readonly shopper: Shopper
  readonly id: string
  readonly outTradeNo: string
  readonly amountFen: number
}

export async function tappedOrder(house: House): Promise<TappedOrder> {
  const shopper = await house.newShopper()
  const placed = await shopper.order()
  if (placed.status !== 201) throw new Error(`no order: ${JSON.stringify(placed)}`)
  const { id, amountFen } = placed.body as Order
  const tap = await shopper.tap(id)
  if (tap.status !== 200) throw new Error(`no prepay_id: ${JSON.stringify(tap)}`)
  const { outTradeNo } = await shopper.see(id)
  return { shopper, id, amountFen, outTradeNo: outTradeNo ?? '' }
}

export interface Notification {
  readonly id: string
  readonly state: string
  readonly attempts: readonly { readonly status: number; readonly durationMs: number; readonly serial: string }[]
}

/** As WeChat Pay sees them. */
export async function notificationsOf({ simulated }: House, outTradeNo: string): Promise<readonly Notification[]> {
  const path = `/notifications?outTradeNo=${outTradeNo}`
  return (await simulated.call<{ notifications: Notification[] }>('GET', path)).notifications
}

export interface JournalEntry {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** What the servers have asked WeChat Pay so far. */
export async function journalOf({ simulated }: House): Promise<readonly JournalEntry[]> {
  return (await simulated.call<{ requests: JournalEntry[] }>('GET', '/requests?limit=5000')).requests
}

/** One number of /metrics; 0 when it is not there. */
export async function metricOf(serverUrl: string, series: string): Promise<number> {
  const text = await (await fetch(`${serverUrl}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

/** An order that was paid once and granted once. */
export const PAID_ONCE = { state: 'paid', live: 0, settled: 1, movements: 1, fulfilments: 1, automaticRefunds: 0 }
