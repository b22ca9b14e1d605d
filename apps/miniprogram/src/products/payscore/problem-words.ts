import { nameProblems } from '../../shared/problem-words.ts'

nameProblems({
  PLAN_NOT_FOUND: '没有找到这份课程计划',
  PLAN_STOPPED: '这份计划已经停售了',
  PLAN_ALREADY_SIGNED: '你已经签过这份计划了',
  SIGN_PLAN_NOT_FOUND: '没有找到这门课程',
  SIGN_PLAN_NOT_SIGNED: '这份计划没有签约，或已经结束',
  LESSON_NOT_FOUND: '没有找到这节课',
  LESSON_NOT_OWED: '这节课现在不用付款',
  LESSON_NOT_TAKEN: '这节课还没有上',
  LESSON_PAGE_NOT_SET_UP: '商家没有开通这个页面',
  WECHATPAY_REFUSED: '微信支付没有接受，请联系商家',
})
