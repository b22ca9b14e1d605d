import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Tx } from '../../../kernel/db.ts'
import { recordAnomaly } from '../../../ledger/anomalies.ts'
import { NEVER, openCharge } from '../../../ledger/open.ts'
import { payFenOf } from '../compare.ts'
import { closeRecords } from '../records/close-records.ts'
import { ownSumFen } from '../records/own-sum.ts'
import { readTemplate } from '../repository.ts'
import { nextQueryAt } from '../schedule.ts'
import type { Card } from '../table.ts'
import type { Alarming } from './apply-card.ts'

interface Ended {
  /** As it was before. */
  readonly from: Card
  readonly card: Card
  readonly said: schema.Card
  readonly now: Date
}

/** What counts of the card in the end: what WeChat Pay collects, else what was enjoyed. */
export function totalOf(said: schema.Card): number | undefined {
  const payFen = payFenOf(said)
  return payFen > 0 ? payFen : said.total_amount
}

/**
 * A card that takes no records any more: those that WeChat Pay has not are too late, its sum is compared with ours, and
 * what it collects is a charge, also where it is another sum: that is the money that moves.
 */
export async function end(tx: Tx, ended: Ended): Promise<readonly Alarming[]> {
  const { from, card, said, now } = ended
  const { count, fen: amountFen } = await closeRecords(tx, card)
  if (card.state === 'owing' && from.state !== 'owing') await collect(tx, card, now)
  const alarms: Alarming[] = []
  if (count > 0) alarms.push({ alarm: 'card_records_too_late', detail: { count, amountFen } })
  if (card.state === 'finished' && payFenOf(said) > 0) {
    alarms.push({ alarm: 'card_charged_though_kept', detail: { amountFen: payFenOf(said) } })
  }
  return [...alarms, ...(await compareTotal(tx, ended))]
}

/** Once, when the sum is news. */
async function compareTotal(tx: Tx, { from, card, now }: Ended): Promise<readonly Alarming[]> {
  const { total_fen: theirs, mchid, out_card_code: outTradeNo } = card
  if (theirs === null || (from.ended_at !== null && from.total_fen === theirs)) return []
  const ours = await ownSumFen(tx, card.id)
  if (ours === theirs) return []
  const detail = { ours, theirs }
  await recordAnomaly(tx, { kind: 'card_total_mismatch', mchid, outTradeNo, detail }, now)
  return [{ alarm: 'card_total_mismatch', detail }]
}

/** Nobody asks for it, and WeChat Pay tries without an end. */
async function collect(tx: Tx, card: Card, now: Date): Promise<void> {
  const { name } = await readTemplate(tx, card.template_id)
  await openCharge(
    tx,
    {
      source: 'discount-card',
      purpose: 'card',
      subjectId: card.id,
      mchid: card.mchid,
      outTradeNo: card.out_card_code,
      appid: card.appid,
      openid: card.openid ?? '',
      amountFen: card.total_fen ?? 0,
      description: name,
      expiresAt: NEVER,
    },
    { now, nextQueryAt: nextQueryAt(0, now) },
  )
}
