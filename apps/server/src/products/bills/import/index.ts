import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { schema } from '@shouyin/wechatpay-core/bills'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Ctx } from '../../../kernel/context.ts'
import { inBareTransaction } from '../../../kernel/db.ts'
import type { BillDay } from '../table.ts'
import { fundFlowColumns, fundFlowLines } from './fund-flow-lines.ts'
import type { BillLines, Sums } from './sums.ts'
import { tradeColumns, tradeLines } from './trade-lines.ts'

/**
 * Downloads a bill and copies it into its table while it comes. All in one transaction that commits only when the file
 * is proved by its hash and complete: of another file no row stays. It locks nothing that anybody waits for.
 * @throws what downloading and reading throw; then nothing was imported
 */
export async function importBill(ctx: Ctx, day: BillDay, file: schema.BillFile): Promise<Sums> {
  const chunks = await ctx.wechat(day.mchid).download(file)
  return inBareTransaction(ctx.db, async (client) => {
    // As long as bytes keep coming; the download itself ends when they do not.
    await client.query('set local statement_timeout = 0')
    const sums =
      day.bill === 'trade'
        ? await copy(client, 'bill_row', tradeColumns, tradeLines(day.id, chunks))
        : await copy(client, 'fund_flow_row', fundFlowColumns, fundFlowLines(day.id, chunks))
    await markImported(client, day, { sums, sha1: file.hash_value.toLowerCase(), now: ctx.clock.now() })
    return sums
  })
}

async function copy(client: PoolClient, table: string, columns: readonly string[], lines: BillLines): Promise<Sums> {
  let sums: Sums | undefined
  async function* text() {
    sums = yield* lines
  }
  await pipeline(
    Readable.from(text(), { objectMode: true, highWaterMark: 1 }),
    client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`)),
  )
  if (!sums) throw new Error('the bill ended without its sums')
  return sums
}

interface Imported {
  readonly sums: Sums
  readonly sha1: string
  readonly now: Date
}

/** @throws Error when it was imported meanwhile: then these rows go */
async function markImported(client: PoolClient, { id }: BillDay, { sums, sha1, now }: Imported): Promise<void> {
  const { rows, sumFen, openingFen, closingFen, bankFen } = sums
  const { rowCount } = await client.query(
    `update bill_day set state = 'imported', next_attempt_at = $2, attempts = 0, problem = null, sha1 = $3, rows = $4,
       sum_fen = $5, opening_fen = $6, closing_fen = $7, bank_fen = $8
     where id = $1 and state = 'waiting'`,
    [id, now, sha1, rows, sumFen, openingFen, closingFen, bankFen],
  )
  if (rowCount !== 1) throw new Error('this bill was imported by somebody else')
}
