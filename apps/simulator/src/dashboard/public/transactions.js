import { control } from './api.js'
import { attempt, facts, h, say, stateBadge, term } from './dom.js'
import { dateTime, TRADE_STATES, timeOfDay, yuan } from './format.js'
import { listOf, onlyButton } from './list.js'
import { refundButton, refundCards } from './refunds.js'
import { put } from './store.js'

const state = ({ tradeState }) => h('span', { title: tradeState }, stateBadge(TRADE_STATES, tradeState))

function payButton({ outTradeNo, tradeState }) {
  if (tradeState !== 'NOTPAY') return null
  const pay = async (event) => {
    event.stopPropagation()
    put('transaction', await control('POST', `transactions/${encodeURIComponent(outTradeNo)}/pay`, {}))
    say(`Paid: ${outTradeNo}`)
  }
  const name = `Pay ${outTradeNo}`
  return h('button', { type: 'button', class: 'small primary', 'aria-label': name, onclick: attempt(pay) }, '支付 Pay')
}

export function transactionList() {
  listOf({
    kind: 'transaction',
    into: 'transactions',
    columns: [
      { title: 'Time', class: 'time', width: '84', cell: (item) => timeOfDay(item.createdAt) },
      { title: 'out_trade_no', class: 'mono', cell: (item) => h('span', { title: item.outTradeNo }, item.outTradeNo) },
      { title: 'Amount', class: 'number', width: '90', cell: (item) => yuan(item.amountFen) },
      { title: 'State', width: '140', cell: state },
      { title: 'Payer', class: 'mono', width: '110', cell: ({ openid }) => h('span', { title: openid }, openid ?? '') },
      { title: '', width: '92', cell: (item) => payButton(item) ?? '' },
    ],
    label: (item) => `Order ${item.outTradeNo}, ${yuan(item.amountFen)}, ${item.tradeState}`,
    empty: () => [
      h(
        'p',
        {},
        'No order yet: POST /v3/pay/transactions/jsapi makes one. A signed example in curl is in docs/simulator.md.',
      ),
    ],
  })
}

export function transactionDetails(item) {
  return [
    h('h3', { class: 'mono' }, item.outTradeNo),
    h(
      'p',
      { class: 'buttons' },
      payButton(item),
      refundButton(item),
      onlyButton(item.outTradeNo, 'Show only this order'),
    ),
    facts([
      [h('span', {}, 'state ', term('交易状态')), state(item)],
      [h('span', {}, 'amount ', term('订单金额')), `${yuan(item.amountFen)} (${item.amountFen} fen)`],
      [h('span', {}, 'paid ', term('用户支付')), item.payerTotalFen === null ? null : yuan(item.payerTotalFen)],
      [h('span', {}, 'description ', term('商品描述')), item.description],
      [h('span', {}, 'attach ', term('商户数据包')), item.attach],
      ['transaction_id', item.transactionId ? h('code', {}, item.transactionId) : null],
      ['prepay_id', h('code', {}, (item.prepayIds ?? []).join('\n'))],
      ['openid', h('code', {}, item.openid ?? '')],
      ['appid', h('code', {}, item.appid)],
      ['mchid', h('code', {}, item.mchid)],
      ['notify_url', h('code', {}, item.notifyUrl)],
      ['ordered', dateTime(item.createdAt)],
      ['time_expire', dateTime(item.expiresAt)],
      ['success_time', item.successTime ? dateTime(item.successTime) : null],
    ]),
    ...refundCards(item),
  ]
}
