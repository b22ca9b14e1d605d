import { nameProblems } from '../../shared/problem-words.ts'

nameProblems({
  CARD_OFFER_NOT_FOUND: '没有找到这种先享卡',
  CARD_OFFER_WITHDRAWN: '这种先享卡现在不能领了',
  CARD_ALREADY_TAKEN: '你已经有一张这样的先享卡',
  CARD_NOT_FOUND: '没有找到这张先享卡',
  WECHATPAY_REFUSED: '微信支付没有接受，请联系商家',
})
