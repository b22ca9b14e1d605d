import type { Version } from '@shouyin/dev-postgres'
import type pg from 'pg'
import { type BothBooks, readBothBooks } from '../chaos/books.ts'
import { waitForBills } from '../chaos/converge.ts'
import { eventually } from '../support/wait.ts'
import { archiveWal, restore, takeBaseBackup } from './backup.ts'
import {
  type Cluster,
  destroy,
  type Folder,
  openCluster,
  openFolder,
  openRestored,
  placeForRestored,
} from './cluster.ts'
import { openShop, type Sale, type Shop } from './shop.ts'

export interface Drill {
  /** Who took the base backup. */
  readonly by: string
  readonly sales: Readonly<Record<'kept' | 'refundLost' | 'paymentLost' | 'refundUnsent' | 'orderLost', Sale>>
  /** Of the restored database, before a server has touched it. */
  readonly restored: BothBooks
  /** After an hour with WeChat Pay, and after the bills of the next morning. */
  readonly asked: BothBooks
  readonly billed: BothBooks
  readonly differences: readonly { readonly kind: string; readonly outTradeNo: string; readonly deltaFen: number }[]
  readonly unreconciledFen: number
  readonly seconds: { readonly restore: number }
}

const FEN = { kept: 1000, lost: 700, unsent: 300 }
const HOUR_SECONDS = 3600

/**
 * Backs up, goes on selling, dies with its disk, and is restored to a moment before the last minutes. What these forgot
 * is learned again from WeChat Pay: charges by asking, refunds and unknown orders from the bills.
 */
export async function drillRestore(version: Version, say: (line: string) => void): Promise<Drill> {
  const folder = openFolder()
  const shop = await openShop()
  const closing: (() => Promise<unknown>)[] = [() => shop.close()]
  try {
    const cluster = await openCluster(folder, version)
    closing.push(() => destroy(cluster))
    const { by, sales, moment } = await sellAndLose(shop, folder, cluster)
    say(`base backup taken (${by}), sold on, then power and disk were gone`)

    const startedAtMs = performance.now()
    const to = placeForRestored(folder, cluster)
    await restore(folder, cluster, to, moment)
    const second = await openRestored(folder, cluster, to)
    closing.push(() => second.close())
    const seconds = { restore: (performance.now() - startedAtMs) / 1000 }
    say(`restored to ${moment} in ${seconds.restore.toFixed(1)} s`)
    const restored = await readBothBooks(shop.simulated, second)

    await shop.open(second.url)
    await learnByAsking(shop, second.pool, sales)
    const asked = await readBothBooks(shop.simulated, second)
    say('asked WeChat Pay about all that was under way')
    await learnFromBills(shop, second.pool)
    const billed = await readBothBooks(shop.simulated, second)
    say('compared with the bills of the next morning')
    const unreconciledFen = await shop.metric('shouyin_unreconciled_fen')
    const { body } = await shop.merchant('GET', '/differences?state=open')
    const { differences } = body as Pick<Drill, 'differences'>
    return { by, sales, restored, asked, billed, differences, unreconciledFen, seconds }
  } finally {
    for (const close of closing) await close()
    folder.remove()
  }
}

/** @returns what was sold before and after `moment`, which is all that the archive will be asked for */
async function sellAndLose(shop: Shop, folder: Folder, cluster: Cluster) {
  await shop.open(cluster.url)
  const kept = await shop.sell()
  await shop.giveBack(kept, FEN.kept)
  const by = await takeBaseBackup(folder, cluster)

  const refundLost = await shop.sell()
  const paymentLost = await shop.tap()
  const refundUnsent = await shop.sell()
  const create = { method: 'POST', path: '/v3/refund/domestic/refunds' }
  await shop.simulated.faults({ match: create, kind: 'error-before-effect', probability: 1 })
  await shop.giveBack(refundUnsent, FEN.unsent)
  await shop.simulated.faults()
  const { rows } = await cluster.pool.query<{ now: string }>('select clock_timestamp()::text as now')

  await shop.simulated.pay(paymentLost.outTradeNo)
  await shop.giveBack(refundLost, FEN.lost)
  const orderLost = await shop.sell()
  await shop.simulated.advance(HOUR_SECONDS)
  await eventually(
    async () => (await readBothBooks(shop.simulated, cluster)).wechat.refunds,
    (refunds) => refunds.length === 3 && refunds.every(({ status }) => status === 'SUCCESS'),
    { what: 'three refunds that arrived' },
  )
  await archiveWal(cluster)
  await shop.cut()
  await destroy(cluster)
  return { by, moment: rows[0]?.now ?? '', sales: { kept, refundLost, paymentLost, refundUnsent, orderLost } }
}

async function learnByAsking(shop: Shop, pool: pg.Pool, { paymentLost }: Drill['sales']): Promise<void> {
  await shop.simulated.advance(HOUR_SECONDS)
  await eventually(
    async () => [await shop.statusOf(paymentLost), await count(pool, underWay)],
    ([status, refunds]) => status === 'paid' && refunds === 0,
    { what: 'what WeChat Pay is asked about' },
  )
}

async function learnFromBills({ simulated }: Shop, pool: pg.Pool): Promise<void> {
  await waitForBills({ simulated, database: { pool } })
  await eventually(
    () => count(pool, `difference where state = 'open' and kind like 'refund%'`),
    (open) => open === 0,
    { what: 'what the bills say of refunds' },
  )
}

const underWay = `refund where state in ('waiting', 'processing')`

const count = async (pool: pg.Pool, rows: string): Promise<number | undefined> =>
  (await pool.query<{ count: number }>(`select count(*)::int as count from ${rows}`)).rows[0]?.count
