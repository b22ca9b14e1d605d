import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { inTransaction } from '../kernel/db.ts'
import { NEVER, openCharge } from '../ledger/open.ts'
import type { Charge, collectedByWechat } from '../ledger/table.ts'
import { insertCard } from './deducted-card.ts'
import { insertLesson } from './deducted-lesson.ts'

/** WeChat Pay calls a deduction by a number of its own, not by ours. */
export const numberOfWechat = (charge: Charge): string => `WX${charge.out_trade_no.slice(-20)}`

/** What WeChat Pay collects by itself, and for what. */
const kinds = {
  payscore: { purpose: 'lesson', description: '羽毛球课3节-第一节课', insert: insertLesson },
  'discount-card': { purpose: 'card', description: '羽毛球先享卡', insert: insertCard },
} as const satisfies Record<(typeof collectedByWechat)[number], object>

/** Something that WeChat Pay is deducting for, and its charge; nobody asked WeChat Pay. */
export async function insertDeduction(db: Kysely<Database>, { source = 'payscore', ...given }: Given): Promise<Charge> {
  const { purpose, description, insert } = kinds[source]
  const wanted = { ...ordinary, subjectId: randomUUID(), number: randomUUID().replaceAll('-', ''), ...given }
  await insert(db, wanted)
  const { now, number: outTradeNo, ...sum } = wanted
  const charge = { source, purpose, description, outTradeNo, expiresAt: NEVER, ...sum }
  return inTransaction(db, (tx) => openCharge(tx, charge, { now, nextQueryAt: now }))
}

const ordinary = { amountFen: 1000, mchid: '1900000001', appid: 'wx0000000000000001', openid: 'oPayer' }

export interface Deducted {
  readonly now: Date
  readonly amountFen: number
  readonly mchid: string
  readonly appid: string
  readonly openid: string
  /** Of the lesson or the card. */
  readonly subjectId: string
  /** 商户服务订单号 or 商户领卡号. */
  readonly number: string
}

type Given = Pick<Deducted, 'now'> & Partial<Omit<Deducted, 'subjectId'>> & { readonly source?: keyof typeof kinds }
