import type { RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Card } from '../table.ts'

export type PrepareBody = RequestOf<typeof endpoints.prepareCard>['body']

/** 预受理领卡请求. It names nobody: the card is whose it is who takes it. */
export const prepareBody = (
  { mchid, appid, out_card_code }: Pick<Card, 'mchid' | 'appid' | 'out_card_code'>,
  cardTemplateId: string,
  notifyBaseUrl: URL,
): PrepareBody => ({
  out_card_code,
  card_template_id: cardTemplateId,
  appid,
  notify_url: new URL(`/wechatpay/notifications/${mchid}/discount-card`, notifyBaseUrl).href,
})
