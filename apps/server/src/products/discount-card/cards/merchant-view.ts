import type { cards } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { Card } from '../table.ts'
import { describeCard } from './describe.ts'
import { loadFacts } from './facts.ts'
import { describeRecord } from './progress.ts'

/** What the shop sees of these cards, in their order. */
export async function viewMerchantCards(db: Kysely<Database>, rows: readonly Card[]): Promise<cards.MerchantCard[]> {
  const [facts, askers] = [await loadFacts(db, rows), await openidsOfAskers(db, rows)]
  return rows.flatMap((row, i) => {
    const own = facts[i]
    if (!own) return []
    const asker = askers.get(row.asked_by)
    return {
      ...describeCard(row, own),
      fromOther: row.openid !== null && asker !== undefined && asker !== row.openid,
      records: own.records.map((record) => ({
        ...describeRecord(record, own),
        ...{ id: record.id, serialNo: record.serial_no, problem: record.problem },
      })),
      openid: row.openid,
      outCardCode: row.out_card_code,
      cardId: row.card_id,
      transactionId: own.charge?.transactionId ?? null,
      totalFen: row.total_fen,
      problem: row.problem,
      createdAt: row.created_at.toISOString(),
    }
  })
}

export async function viewMerchantCard(db: Kysely<Database>, row: Card): Promise<cards.MerchantCard> {
  const [card] = await viewMerchantCards(db, [row])
  if (!card) throw new Error(`card ${row.id} has no view`)
  return card
}

async function openidsOfAskers(db: Kysely<Database>, rows: readonly Card[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map((row) => row.asked_by))]
  if (ids.length === 0) return new Map()
  const users = await db.selectFrom('wechat_user').select(['id', 'openid']).where('id', 'in', ids).execute()
  return new Map(users.map(({ id, openid }) => [id, openid]))
}
