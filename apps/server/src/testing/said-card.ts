import type { schema } from '@shouyin/wechatpay-core/discount-card'
import type { Card } from '../products/discount-card/table.ts'
import { sampleCard } from './sample-card.ts'

export const TAKEN_AT = '2026-11-21T18:00:00.120+08:00'
export const END_AT = '2026-12-21T18:00:00.120+08:00'
export const PAID_AT = '2026-12-22T18:00:00.12+08:00'

/** What WeChat Pay may say of a card, made by hand: ongoing, of the sample's terms, without records. */
export const saidOf = (card: Card, cardTemplateId: string, change: Partial<schema.Card> = {}): schema.Card => ({
  card_id: `at-wechat-${card.out_card_code}`,
  card_template_id: cardTemplateId,
  openid: card.openid ?? `holder-${card.out_card_code}`,
  out_card_code: card.out_card_code,
  appid: card.appid,
  mchid: card.mchid,
  time_range: { begin_time: TAKEN_AT, end_time: END_AT },
  state: 'ONGOING',
  unfinished_reason: undefined,
  total_amount: undefined,
  create_time: TAKEN_AT,
  objectives: sampleCard.offered.goals.map(({ name, times, unit }) => ({
    ...{ objective_id: `o-${card.out_card_code.slice(-20)}`, name, count: times, unit, description: undefined },
    objective_completion_records: [],
  })),
  rewards: sampleCard.offered.rewards.map(({ name, unit, amountFen }) => ({
    ...{ reward_id: `r-${card.out_card_code.slice(-20)}`, name, count_type: 'COUNT_UNLIMITED', count: 1, unit },
    ...{ amount: amountFen, description: undefined, reward_usage_records: [] },
  })),
  sharer_openid: undefined,
  ...change,
})

/** … of a broken promise. */
export const broken = (totalFen: number): Partial<schema.Card> => ({
  ...{ state: 'UNFINISHED', unfinished_reason: 'DUE_TO_QUIT', total_amount: totalFen },
})

/** … for which that sum is collected. */
export const paying = (payFen: number): Partial<schema.Card> => ({
  ...broken(payFen),
  pay_information: { pay_amount: payFen, pay_state: 'PAYING', transaction_id: undefined, pay_time: undefined },
})

export const paid = (payFen: number, transactionId: string): Partial<schema.Card> => ({
  ...broken(payFen),
  pay_information: { pay_amount: payFen, pay_state: 'PAID', transaction_id: transactionId, pay_time: PAID_AT },
})
