import { control } from './api.js'
import { attempt, byId, h, say } from './dom.js'
import { onChange } from './store.js'

/** What each switch decides, and its choices where it has some. An unknown one gets a plain field. */
const KNOWN = {
  closeMinAgeSeconds: { what: 'youngest order that can be closed (关单), in seconds' },
  combineCloseMinAgeSeconds: { what: 'the same for combined orders (合单)' },
  closeClosedOrder: { what: 'closing a closed order', options: ['ok', 'refused'] },
  downloadUrlSeconds: { what: 'life of a bill’s download_url' },
  billReadyAt: { what: 'time of day (Shanghai) when the bills of the day before are ready' },
  downloadOnce: { what: 'a download_url serves once only' },
  reorderCode: { what: 'a used number with other parameters', options: ['OUT_TRADE_NO_USED', 'INVALID_REQUEST'] },
  reorderMayChangeTimeExpire: { what: 'a repeated order may bring another time_expire' },
  timeExpireMaxSeconds: { what: 'longest time_expire, in seconds' },
  refundSeconds: { what: 'how long a refund is PROCESSING' },
  refundMinGapSeconds: { what: 'least time between two refunds of one order' },
  refundShortBalance: { what: 'a refund above the balance', options: ['refuse', 'wait'] },
  refundCallbackUrl: { what: 'gets the V2 notice of refunds without a notify_url; may be empty' },
  rateLimitCode: { what: 'code of 429', options: ['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED'] },
  associatedData: { what: 'associated_data of notifications', options: ['random', 'empty', 'type'] },
  shippingLagSeconds: { what: 'how long 发货信息管理 does not know a payment yet (10060001)' },
  cancelNoticeState: {
    what: 'sign_state of the cancel notice of a signed plan (支付分)',
    options: ['SIGN_PLAN_CANCEL', 'UNSIGNED'],
  },
  payScoreSums: { what: 'totals of a plan against the sums of its details', options: ['checked', 'unchecked'] },
  payScoreAboveDetail: { what: 'a lesson completed for more than its price', options: ['refused', 'accepted'] },
  payScoreLadder: {
    what: 'how long PAYSCORE.USER_PAID and notices of cards are sent again',
    options: ['3h04m', '24h04m'],
  },
  payScoreCancelPaying: {
    what: 'cancelling a service order while WeChat deducts',
    options: ['allowed', 'refused'],
  },
  payScoreCompleteAgain: { what: 'completing again with the same parameters', options: ['answered', 'refused'] },
  payScoreModify: { what: 'lowering a sum that is being collected', options: ['repeatedly', 'once'] },
  payScoreBillNumber: { what: '商户订单号 of a deduction in the bill', options: ['wechat', 'out_order_no'] },
  payScoreDeduction: { what: 'what WeChat’s attempts to deduct come to', options: ['succeeds', 'fails'] },
  payScoreDeductionSeconds: { what: 'how long an attempt takes (单据正在扣款中)' },
  payScoreRetrySeconds: { what: 'time between two attempts while they fail' },
  payScoreServiceUrl: { what: 'hears USER_CLOSE_SERVICE (解除授权); may be empty' },
  cardTokenSeconds: { what: 'life of a prepare_card_token (先享卡)' },
  cardSettlingSeconds: { what: 'how long a card settles after its end, and records may be corrected' },
  cardDeduction: { what: 'what WeChat’s attempts to collect from a card come to', options: ['succeeds', 'fails'] },
  cardDeductionSeconds: { what: 'how long the first of these takes' },
  cardRetrySeconds: { what: 'time between two attempts while they fail' },
  cardPaidNotices: {
    what: 'when DISCOUNT_CARD.USER_PAID is sent',
    options: ['paid', 'paying-too', 'always'],
  },
  probeRate: { what: 'share of answers and notifications with a probe (签名探测), 0 to 1' },
}

const readers = {
  boolean: (element) => element.checked,
  number: (element) => Number(element.value),
  string: (element) => element.value,
}

function fieldOf(name, value) {
  const id = `switch-${name}`
  const options = KNOWN[name]?.options
  if (typeof value === 'boolean') return h('input', { id, type: 'checkbox', checked: value })
  if (typeof value === 'number') return h('input', { id, type: 'number', min: 0, step: 'any', value, required: true })
  if (!options) return h('input', { id, value })
  const choices = options.map((option) => h('option', { value: option, selected: option === value }, option))
  return h('select', { id }, choices)
}

function draw(switches) {
  const names = Object.keys(switches)
  const rows = names.flatMap((name) => [
    h('label', { for: `switch-${name}`, class: 'mono' }, name),
    fieldOf(name, switches[name]),
    h('small', {}, KNOWN[name]?.what ?? ''),
  ])
  const save = async () => {
    const read = (name) => readers[typeof switches[name]](byId(`switch-${name}`))
    await control('PUT', 'switches', Object.fromEntries(names.map((name) => [name, read(name)])))
    say('Switches saved')
  }
  byId('switches').replaceChildren(
    h('h3', {}, 'Where WeChat’s own documents disagree'),
    h(
      'p',
      { class: 'muted' },
      'Each default follows the source that docs/simulator.md names. A backend should live with both.',
    ),
    h(
      'form',
      { onsubmit: attempt(save) },
      h('div', { class: 'fields' }, rows),
      h('button', { class: 'primary' }, 'Save'),
    ),
  )
}

export async function switchesPanel() {
  const refresh = async () => draw(await control('GET', 'switches'))
  onChange(({ type }) => {
    if (type === 'reset') refresh().catch((error) => say(error.message))
  })
  await refresh()
}
