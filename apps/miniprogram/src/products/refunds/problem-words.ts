import { nameProblems } from '../../shared/problem-words.ts'

nameProblems({
  ORDER_NOT_PAID: '这笔订单还没有付款',
  REFUND_EXCEEDS_ORDER: '超过了还可以退的金额',
  REFUND_COUNT_EXCEEDED: '这笔订单退款次数太多了，请联系商家',
  REFUND_TOO_LATE: '付款已超过一年，请联系商家退款',
  REFUND_ALREADY_REQUESTED: '已经申请过了，等商家处理',
})
