import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { alarmDaily } from '../../../kernel/alarm-daily.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { settlePayment } from '../../../ledger/settle-payment.ts'
import type { Proof } from '../../../ledger/table.ts'
import { toEvidence } from '../compare.ts'
import type { Card } from '../table.ts'

interface Told {
  readonly said: schema.ChargedCard
  readonly proof: Proof
}

/** Puts what WeChat Pay collected for a card into the ledger. @returns false where it contradicts that, or says too little */
export async function settleCard(ctx: Ctx, { state }: Card, { said, proof }: Told): Promise<boolean> {
  const isCollected = said.pay_information?.pay_state === 'PAID'
  if (!isCollected || (state !== 'owing' && state !== 'paid')) return true
  const evidence = toEvidence(said, proof)
  if (evidence) return (await settlePayment(ctx, evidence)).kind !== 'refused'
  const { mchid, out_card_code: outTradeNo } = said
  await alarmDaily(ctx, 'evidence_incomplete', outTradeNo, { mchid, outTradeNo, state, proof })
  return false
}
