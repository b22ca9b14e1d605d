import { defineNotification, PAY_SCORE_LADDER } from '../../contract/notification.ts'
import { Card, ChargedCard } from './schema/index.ts'

const PAGES = 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis'

/**
 * The pages of 守约 and 扣费 print the ladder: 0s/15s/15s/30s/180s/1800s/1800s/1800s/1800s/3600s. GUESS: no page that could be
 * read prints original_type; and service providers may open the page of a card, so their notices will look different.
 */
const ofCard = {
  originalType: 'discount-card',
  ladder: PAY_SCORE_LADDER,
  when: { has: ['out_card_code'], lacks: ['sub_mchid', 'sub_mch_id', 'sp_mchid'] },
} as const

/**
 * 用户领卡通知: whose card it is, and the ids of objectives and rewards, without which nothing can be recorded. The summary is
 * that of the notice before 2020-06, the others' are GUESS.
 */
export const userAccepted = defineNotification({
  ...ofCard,
  id: 'discountCard.userAccepted',
  eventType: 'DISCOUNT_CARD.USER_ACCEPTED',
  summary: '用户领卡',
  resource: Card,
  doc: `${PAGES}/chapter6_3_4.shtml`,
})

/** 守约状态变化通知: the promise was kept, or it was not; with all records, without money. */
export const agreementEnded = defineNotification({
  ...ofCard,
  id: 'discountCard.agreementEnded',
  eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED',
  summary: '守约状态变化',
  resource: Card,
  doc: `${PAGES}/chapter6_3_5.shtml`,
})

/** 扣费状态变化通知: only of a final state. */
export const userPaid = defineNotification({
  ...ofCard,
  id: 'discountCard.userPaid',
  eventType: 'DISCOUNT_CARD.USER_PAID',
  summary: '扣费状态变化',
  resource: ChargedCard,
  doc: `${PAGES}/chapter6_3_6.shtml`,
})
