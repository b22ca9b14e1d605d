import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { file } from '@shouyin/wechatpay-core/bills'
import pg from 'pg'

const BATCH = 5_000

interface Merchant {
  readonly mchid: string
  readonly appid: string
}

/** The books of a shop that has sold and refunded all that stands in the bill at `path` (gzip). */
export async function loadBooks(databaseUrl: string, path: string, merchant: Merchant): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(STAGING)
    for await (const rows of batches(path)) await client.query(STAGE, columnsOf(rows))
    for (const statement of [CHARGES, PAYMENTS, REFUNDS, MOVEMENTS]) {
      await client.query(statement, statement === CHARGES ? [merchant.mchid, merchant.appid] : [merchant.mchid])
    }
    await client.query('analyze charge, movement, refund')
  } finally {
    await client.end()
  }
}

async function* batches(path: string): AsyncGenerator<readonly file.TradeBillRow[]> {
  let batch: file.TradeBillRow[] = []
  for await (const rows of file.readTradeBill(createReadStream(path).pipe(createGunzip()))) {
    for (const row of rows) batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

const columnsOf = (rows: readonly file.TradeBillRow[]) => [
  rows.map((row) => row.transactionId),
  rows.map((row) => row.outTradeNo),
  rows.map((row) => row.openid),
  rows.map((row) => row.tradeTime),
  rows.map((row) => row.refund?.refundId ?? null),
  rows.map((row) => row.refund?.outRefundNo ?? null),
  rows.map((row) => row.refund?.appliedFen ?? row.orderFen),
]

const STAGING = `create temporary table staged (
  transaction_id text, out_trade_no text, openid text, at timestamptz, refund_id text, out_refund_no text, fen bigint,
  charge_id uuid
)`
const STAGE = `insert into staged
  select *, null from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bigint[])`
const CHARGES = `insert into charge (id, source, purpose, subject_id, mchid, out_trade_no, appid, openid, amount_fen,
    currency, description, created_at, expires_at, state, settlement, transaction_id, success_time)
  select gen_random_uuid(), 'payments', 'order', gen_random_uuid(), $1, out_trade_no, $2, openid, fen, 'CNY', 'bench',
    at, at + interval '30 min', 'succeeded', 'settled', transaction_id, at
  from staged where refund_id is null`
const PAYMENTS = `insert into movement
  select 'payment', transaction_id, mchid, id, amount_fen, 'notification', success_time, success_time
  from charge where mchid = $1`
const REFUNDS = `insert into refund (id, charge_id, mchid, out_refund_no, cause, amount_fen, needs_approval, created_at,
    state, refund_id, accepted_at, success_time)
  select gen_random_uuid(), charge.id, $1, out_refund_no, 'merchant', fen, false, at, 'succeeded', refund_id, at, at
  from staged join charge using (transaction_id) where refund_id is not null`
const MOVEMENTS = `insert into movement
  select 'refund', refund_id, mchid, charge_id, -amount_fen, 'notification', success_time, success_time
  from refund where mchid = $1`
