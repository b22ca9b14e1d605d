/** A card as WeChat's staff make it, and as the shop offers it: three orders in 30 days, everything a fifth cheaper. */
export const sampleCard = {
  cardTemplateId: 'badminton-30-days',
  template: {
    name: '羽毛球先享卡',
    durationDays: 30,
    objectives: [{ name: '下单三次', count: 3, unit: '次' }],
    rewards: [{ name: '全场八折', unit: '次', amountFen: 20_000 }],
  },
  offered: {
    name: '羽毛球先享卡',
    durationDays: 30,
    goals: [{ name: '下单三次', times: 3, unit: '次', counts: 'orders' }],
    rewards: [{ name: '全场八折', unit: '次', amountFen: 20_000, percentOff: 20 }],
  },
} as const
