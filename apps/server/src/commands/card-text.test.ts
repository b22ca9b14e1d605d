import type { cards } from '@shouyin/contracts/merchant'
import { expect, test } from 'vitest'
import { formatCard } from './card-text.ts'

const card: cards.MerchantCard = {
  ...{ id: 'id', offerId: 'offer', name: '运动先享卡', status: 'ongoing', confirming: false, fromOther: false },
  ...{ goals: [], rewards: [], records: [], savedFen: 0, dueFen: 0, refundedFen: 0, reason: null, page: null },
  ...{ takenAt: null, beginAt: null, endAt: '2026-12-21T16:58:49.664Z', endedAt: null, paidAt: null },
  ...{ openid: 'o-one', outCardCode: 'code', cardId: null, transactionId: null, totalFen: null, problem: null },
  createdAt: '2026-11-21T16:58:49.106Z',
}

test('the day on which a card ends is that of Shanghai', () => {
  expect([...formatCard(card)]).toEqual([expect.stringContaining('until 2026-12-22  o-one')])
})
