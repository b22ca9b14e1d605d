import { defineNotification, PAY_SCORE_LADDER } from '../../contract/notification.ts'
import { Card, ChargedCard } from './schema/index.ts'

const PAGES = 'https://pay.weixin.qq.com/wiki/doc/apiv3/apis'

/** GUESS: no page prints original_type or summary. Of the ladder the guide says 4小时, as it does of Pay Score (DERIVED). */
const ofCard = { originalType: 'discount-card', ladder: PAY_SCORE_LADDER } as const

/** 用户领卡通知: whose card it is, and the ids of objectives and rewards, without which nothing can be recorded. */
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
