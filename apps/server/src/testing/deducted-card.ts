import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Deducted } from './deductions.ts'

const DAYS = 30
const DAY_MS = 86_400_000

/** A card whose promise was not kept, and of which that sum was enjoyed. */
export async function insertCard(db: Kysely<Database>, wanted: Deducted): Promise<void> {
  const { now, amountFen, mchid, appid, openid, subjectId, number } = wanted
  const [templateId, begin] = [randomUUID(), new Date(now.getTime() - DAYS * DAY_MS)]
  const common = { mchid, appid, created_at: begin }
  const template = { id: templateId, card_template_id: randomUUID(), name: '羽毛球先享卡', duration_days: DAYS }
  await db
    .insertInto('card_template')
    .values({ ...common, ...template })
    .execute()
  const asked = { template_id: templateId, out_card_code: number, asked_by: randomUUID(), request: '{}' }
  const taken = { openid, card_id: randomUUID(), taken_at: begin, begin_at: begin, end_at: now }
  const ended = { state: 'owing', ended_at: now, unfinished_reason: 'DUE_TO_QUIT', total_fen: amountFen } as const
  await db
    .insertInto('card')
    .values({ id: subjectId, ...common, ...asked, ...taken, ...ended })
    .execute()
}
