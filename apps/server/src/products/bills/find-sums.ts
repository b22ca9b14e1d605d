import { file } from '@shouyin/wechatpay-core/bills'
import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { ChargeNumber } from '../../ledger/repository.ts'
import type { Charge, Source } from '../../ledger/table.ts'
import type { DueDifference } from './differences.ts'
import type { BillRow } from './table.ts'

/** What a difference is about: who asked for the sum, and under which number of ours. */
export interface Sum extends ChargeNumber {
  readonly source: Source
  /** False: we were never told that WeChat Pay collects it. */
  readonly isOpened: boolean
}

/**
 * Whose sums differences of one merchant are, by the ids of the differences. WeChat Pay calls a deduction by a 商户订单号 of
 * its own: 微信订单号 finds it, or, until we know that, what 商户数据包 says. Sums that are not ours are missing.
 */
export async function findSums(db: Kysely<Database>, due: readonly DueDifference[]): Promise<ReadonlyMap<number, Sum>> {
  const mchid = due[0]?.mchid ?? ''
  const rows = await findRows(
    db,
    due.map(({ reference }) => reference),
  )
  const named = due.map(({ id, reference, out_trade_no }) => {
    const row = rows.get(reference)
    const lesson = row && file.payScoreOrderNo(row.attach)
    return { id, lesson, numbers: [out_trade_no, row?.transaction_id, lesson].filter((number) => number != null) }
  })
  const charges = await findCharges(
    db,
    mchid,
    named.flatMap(({ numbers }) => numbers),
  )
  const sums = named.map(({ id, lesson, numbers }): readonly [number, Sum | undefined] => {
    const charge = numbers.map((number) => charges.get(number)).find((found) => found !== undefined)
    if (charge) return [id, { mchid, outTradeNo: charge.out_trade_no, source: charge.source, isOpened: true }]
    return [id, lesson === undefined ? undefined : { mchid, outTradeNo: lesson, source: 'payscore', isOpened: false }]
  })
  return new Map(sums.filter((entry): entry is readonly [number, Sum] => entry[1] !== undefined))
}

type Row = Pick<BillRow, 'transaction_id' | 'refund_id' | 'attach'>

/** What trade bills say about them. */
async function findRows(db: Kysely<Database>, references: readonly string[]): Promise<ReadonlyMap<string, Row>> {
  if (references.length === 0) return new Map()
  const rows = db.selectFrom('bill_row').select(['transaction_id', 'refund_id', 'attach'])
  const found = await rows
    .where('transaction_id', 'in', references)
    .where('refund_id', 'is', null)
    .unionAll(rows.where('refund_id', 'in', references))
    .execute()
  return new Map(found.map((row) => [row.refund_id ?? row.transaction_id, row]))
}

/** By both of their numbers. */
async function findCharges(
  db: Kysely<Database>,
  mchid: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Charge>> {
  if (numbers.length === 0) return new Map()
  const charges = await db
    .selectFrom('charge')
    .selectAll()
    .where('mchid', '=', mchid)
    .where((eb) => eb.or([eb('out_trade_no', 'in', numbers), eb('transaction_id', 'in', numbers)]))
    .execute()
  return new Map(
    charges.flatMap((charge) => [
      [charge.transaction_id ?? charge.out_trade_no, charge],
      [charge.out_trade_no, charge],
    ]),
  )
}
