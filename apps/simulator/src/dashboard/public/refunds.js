import { control } from './api.js'
import { attempt, facts, h, say, stateBadge, term } from './dom.js'
import { dateTime, REFUND_STATES, yuan } from './format.js'
import { all, put } from './store.js'

/** What a person may do to a refund that has not ended. */
const ENDS = [
  { status: 'SUCCESS', name: '到账 Succeed' },
  { status: 'ABNORMAL', name: '异常 Abnormal' },
  { status: 'CLOSED', name: '关闭 Close' },
]

export const refundsOf = ({ mchid, outTradeNo }) =>
  all('refund').filter((refund) => refund.mchid === mchid && refund.outTradeNo === outTradeNo)

/** In 商户平台: all that is left. */
export function refundButton({ outTradeNo, tradeState }) {
  if (tradeState !== 'SUCCESS' && tradeState !== 'REFUND') return null
  const refund = async () => {
    const made = await control('POST', `transactions/${encodeURIComponent(outTradeNo)}/refund`, {})
    put('refund', made)
    say(`Refunded by hand: ${yuan(made.amountFen)}`)
  }
  return h('button', { type: 'button', class: 'small', onclick: attempt(refund) }, '退款 Refund the rest')
}

function endButton({ outRefundNo, status: current }, { status, name }) {
  if (status === current) return null
  const end = async () => {
    put('refund', await control('POST', `refunds/${encodeURIComponent(outRefundNo)}/finish`, { status }))
    say(`${outRefundNo}: ${status}`)
  }
  return h('button', { type: 'button', class: 'small', onclick: attempt(end) }, name)
}

function refundCard(refund) {
  const hasEnded = refund.status === 'SUCCESS' || refund.status === 'CLOSED'
  return h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'inline' },
      h('strong', {}, yuan(refund.amountFen)),
      stateBadge(REFUND_STATES, refund.status),
      ...(hasEnded ? [] : ENDS.map((end) => endButton(refund, end))),
    ),
    facts([
      ['out_refund_no', h('code', {}, refund.outRefundNo)],
      ['refund_id', h('code', {}, refund.refundId)],
      ['reason', refund.reason],
      ['to', refund.userReceivedAccount],
      ['notify_url', refund.notifyUrl ? h('code', {}, refund.notifyUrl) : null],
      ['asked for', dateTime(refund.createdAt)],
      ['success_time', refund.successTime ? dateTime(refund.successTime) : null],
    ]),
  )
}

export function refundCards(transaction) {
  const refunds = refundsOf(transaction)
  if (refunds.length === 0) return []
  return [h('h4', {}, `Refunds (${refunds.length}) `, term('退款')), ...refunds.map(refundCard)]
}
