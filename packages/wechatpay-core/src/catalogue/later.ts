import type { Entry } from './entry.ts'

/** Of products that are still to come: the texts that their documents explain. */
export const later: readonly Entry[] = [
  {
    id: 'gift-not-same-brand',
    where: 'api',
    match: { text: '发券商户号校验失败,请核实是否满足同品牌等规则' },
    cause:
      'Pay-gift (支付有礼): a 商户号 that shows the gift is not of the same brand (同品牌) as the owner of the coupon.',
    remedy: 'Have the company authorise 财付通 to group its 商户号 as 同品牌, or take the others out.',
    basis: 'seed',
  },
  {
    id: 'gift-coupon-rules',
    where: 'api',
    match: { text: '商家券信息不满足活动规则,请核实券有效期或code' },
    cause: 'Pay-gift (支付有礼): a coupon does not fit the activity.',
    remedy:
      'Every coupon begins before the activity and ends after it; codes are uploaded first; in a package stock, limit and owner are the same; all 商户号 are 同品牌.',
    basis: 'seed',
  },
]
