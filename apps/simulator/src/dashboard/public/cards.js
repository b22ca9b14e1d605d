import { act, actButton } from './act.js'
import { dueFact } from './clock.js'
import { attempt, badge, byId, facts, h, stateBadge, term } from './dom.js'
import { CARD_STATES, dateTime, PAY_STATES, progressOf, QUIT_REASONS, timeOfDay, yuan } from './format.js'
import { listOf, onlyButton } from './list.js'
import { all } from './store.js'

/** In a list one word for both: an end that costs something says how far that is. */
const outcomeBadge = ({ state, payState }) => {
  const { text, tone } = PAY_STATES[payState] ?? CARD_STATES[state]
  return badge(`${state} ${text}`, tone)
}

const templateOf = ({ mchid, cardTemplateId }) =>
  all('card-template').find((one) => one.mchid === mchid && one.cardTemplateId === cardTemplateId)

const doing = ({ outCardCode }, verb) => ({
  path: `discount-card/cards/${encodeURIComponent(outCardCode)}/${verb}`,
  kind: 'card',
})

/** Nobody was asked to take it: whoever was here last is offered as the one who does. */
const likelyOpenid = () =>
  all('card').find(({ openid }) => openid)?.openid ??
  all('transaction').find(({ openid }) => openid)?.openid ??
  'o-somebody'

function userButton(card) {
  const { outCardCode, state } = card
  if (state === 'PREPARED') {
    const openid = likelyOpenid()
    const title = `Take ${outCardCode} as ${openid}`
    return actButton({ ...doing(card, 'take'), body: { openid }, name: '领取 Take', title, primary: true })
  }
  if (state !== 'ONGOING') return null
  return actButton({ ...doing(card, 'quit'), name: '退出 Quit', title: `Quit ${outCardCode} as the user` })
}

export function cardList() {
  listOf({
    kind: 'card',
    into: 'cards',
    columns: [
      { title: 'Time', class: 'time', width: '84', cell: (item) => timeOfDay(item.createdAt) },
      { title: 'out_card_code', class: 'mono', cell: ({ outCardCode: code }) => h('span', { title: code }, code) },
      { title: 'Goals', class: 'number', width: '64', cell: progressOf },
      { title: 'Enjoyed', class: 'number', width: '76', cell: ({ totalFen }) => yuan(totalFen) },
      { title: 'State', width: '152', cell: outcomeBadge },
      { title: 'Holder', class: 'mono', width: '90', cell: ({ openid = '' }) => h('span', { title: openid }, openid) },
      { title: '', width: '94', cell: (item) => userButton(item) ?? '' },
    ],
    label: (item) => `Card ${item.outCardCode}, ${item.state}`,
    empty: () => [
      h('p', {}, 'No card yet: POST /v3/discount-card/cards prepares one, and whoever opens its token takes it.'),
      h('p', {}, 'Its template comes first (Templates, on the right); a whole course in curl is in docs/simulator.md.'),
    ],
  })
}

function takeForm(card) {
  const id = 'card-taker'
  const take = () =>
    act({ ...doing(card, 'take'), body: { openid: byId(id).value }, title: `Take ${card.outCardCode}` })
  return h(
    'form',
    { class: 'inline', onsubmit: attempt(take) },
    h('label', { for: id }, 'openid'),
    h('input', { id, value: likelyOpenid(), required: true }),
    h('button', { class: 'small primary' }, '领取 Take'),
  )
}

/** What time and WeChat would do by themselves. */
function wechatButtons(card) {
  const { outCardCode, state, payState } = card
  if (state === 'SETTLING') {
    const title = `End the settling of ${outCardCode} now`
    return [actButton({ ...doing(card, 'settle'), name: '结算 Settle now', title, primary: true })]
  }
  if (payState !== 'PAYING') return []
  const deduct = (result) => ({ ...doing(card, 'deduct'), body: { result } })
  return [
    actButton({ ...deduct('succeed'), name: '扣款成功 Deduct', title: `Deduct ${outCardCode} now`, primary: true }),
    actButton({ ...deduct('fail'), name: '扣款失败 Fail', title: `Let the deduction of ${outCardCode} fail` }),
  ]
}

const moment = (instant) => (instant ? dateTime(instant) : null)

const cardFacts = (card) => [
  [h('span', {}, 'state ', term('先享卡状态')), stateBadge(CARD_STATES, card.state)],
  ['ended', QUIT_REASONS[card.unfinishedReason]],
  [h('span', {}, 'enjoyed ', term('累计优惠')), card.totalFen === undefined ? null : yuan(card.totalFen)],
  [h('span', {}, 'deduction ', term('扣费')), card.payState ? stateBadge(PAY_STATES, card.payState) : null],
  ['attempts', card.attempts ? String(card.attempts) : null],
  ['next attempt', dueFact(card.deductAt)],
  ['transaction_id', card.transactionId ? h('code', {}, card.transactionId) : null],
  ['paid', moment(card.paidAt)],
  ['out_card_code', h('code', {}, card.outCardCode)],
  ['card_id', card.cardId ? h('code', {}, card.cardId) : null],
  ['card_template_id', h('code', {}, card.cardTemplateId)],
  ['openid', card.openid ? h('code', {}, card.openid) : null],
  ['mchid', h('code', {}, card.mchid)],
  ['token', card.token ? h('code', {}, card.token) : null],
  [card.beginAt ? 'taken' : 'prepared', moment(card.createdAt)],
  ['over', card.state === 'ONGOING' ? dueFact(card.endAt) : moment(card.endAt)],
  ['settles', dueFact(card.settleAt)],
  ['ended at', moment(card.endedAt)],
]

const line = (name, ...values) =>
  h('div', { class: 'card' }, h('div', { class: 'inline' }, h('strong', {}, name), ...values))

function progress({ objectives = [], rewards = [], records }) {
  if (records === undefined) return []
  const goals = objectives.map(({ name, completed, count }) =>
    line(name, badge(`${completed} of ${count}`, completed >= count ? 'good' : 'note')),
  )
  const enjoyed = rewards.map(({ name, used, usedFen, amountFen }) =>
    line(name, h('span', { class: 'muted' }, `${used}× · ${yuan(usedFen)} of ${yuan(amountFen)}`)),
  )
  return [
    h('h4', {}, `Goals (${goals.length}) `, term('目标')),
    ...goals,
    h('h4', {}, `Rewards (${enjoyed.length}) `, term('奖励')),
    ...enjoyed,
    h('p', { class: 'muted' }, `${records} records`),
  ]
}

export function cardDetails(card) {
  return [
    h('h3', {}, templateOf(card)?.name ?? card.outCardCode),
    card.state === 'PREPARED' ? takeForm(card) : null,
    h(
      'p',
      { class: 'buttons' },
      card.state === 'ONGOING' ? userButton(card) : null,
      ...wechatButtons(card),
      onlyButton(card.outCardCode, 'Show only this card'),
    ),
    facts(cardFacts(card)),
    ...progress(card),
  ]
}
