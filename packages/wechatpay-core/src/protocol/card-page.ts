import { configInvalid } from '../errors.ts'

/** 先享卡, the mini-program in which cards are taken, looked at and given up. */
export const DISCOUNT_CARD_APPID = 'wxcc2e4fbc5887661e'

/** Exactly what `wx.navigateToMiniProgram` takes besides its callbacks. It needs a tap of the user. */
export interface CardPage {
  readonly appId: typeof DISCOUNT_CARD_APPID
  readonly path: string
  /** Always empty: the path says it all. */
  readonly extraData: Readonly<Record<string, never>>
}

const pageAt = (path: string): CardPage => ({ appId: DISCOUNT_CARD_APPID, path, extraData: {} })

/** @throws WechatPayError ERR_CONFIG_INVALID, with the name of what is missing and where it comes from */
function given(name: string, value: string, from: string): string {
  if (typeof value === 'string' && value !== '') return encodeURIComponent(value)
  throw configInvalid(`${name} must not be empty: it is ${from}`)
}

/**
 * 领卡页. It returns nothing: query the card, or wait for 用户领卡通知. Apps and pages inside WeChat open the same path.
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/apis/chapter6_3_9.shtml
 */
export const takeCardPage = (token: string): CardPage =>
  pageAt(
    `/pages/get-card/get-card?prepare_card_token=${given('token', token, 'the prepare_card_token of 预受理领卡请求')}`,
  )

/**
 * 先享卡详情页, by the card's number at the merchant. The page is that of H5: the mini-program's could not be read.
 * @see https://pay.weixin.qq.com/wiki/doc/apiv3/wxpay/discount-card/chapter6_6.shtml
 */
export function cardDetailPage({
  mchid,
  outCardCode,
}: {
  readonly mchid: string
  readonly outCardCode: string
}): CardPage {
  const owner = given('mchid', mchid, 'the 商户号 that prepared the card')
  const code = given('outCardCode', outCardCode, 'the out_card_code of 预受理领卡请求')
  return pageAt(`/pages/card-detail/card-detail?mchid=${owner}&out_card_code=${code}`)
}

/** … by WeChat's own number of it. */
export const cardDetailPageById = (cardId: string): CardPage =>
  pageAt(`/pages/card-detail/card-detail?card_id=${given('cardId', cardId, 'the card_id of 用户领卡通知')}`)
