import { control } from './api.js'
import { dueFact, dueTime } from './clock.js'
import { attempt, badge, facts, h, say } from './dom.js'
import { DELIVERY_STATES, dateTime, milliseconds, statusTone, timeOfDay } from './format.js'
import { listOf } from './list.js'

const state = (item) => badge(item.state, DELIVERY_STATES[item.state]?.tone)

function resendButton({ id, outTradeNo }) {
  const resend = async (event) => {
    event.stopPropagation()
    const { status, error } = await control('POST', `notifications/${encodeURIComponent(id)}/resend`, {})
    say(status === null ? `Sent again: ${error}` : `Sent again: answered ${status}`)
  }
  const name = `Resend the notification of ${outTradeNo}`
  return h('button', { type: 'button', class: 'small', 'aria-label': name, onclick: attempt(resend) }, 'Resend')
}

const lastAttempt = ({ attempts }) => attempts.at(-1)

export function notificationList() {
  listOf({
    kind: 'notification',
    into: 'notifications',
    columns: [
      { title: 'Last', class: 'time', width: '84', cell: (item) => timeOfDay(lastAttempt(item)?.at) },
      {
        title: 'out_trade_no',
        class: 'mono',
        cell: (item) => h('span', { title: item.outTradeNo }, item.outTradeNo ?? ''),
      },
      { title: 'State', width: '96', cell: state },
      { title: 'Attempts', class: 'number', width: '70', cell: (item) => String(item.attempts.length) },
      { title: 'Next', width: '120', cell: (item) => dueTime(item.nextAttemptAt) },
      { title: '', width: '84', cell: resendButton },
    ],
    label: (item) => `${item.eventType} of ${item.outTradeNo}, ${item.state}, ${item.attempts.length} attempts`,
    empty: () => [
      h('p', {}, 'Nothing sent yet. Press 支付 beside an order, or:'),
      h('pre', {}, `curl ${location.origin}/_sim/transactions/<out_trade_no>/pay -d '{}'`),
    ],
  })
}

function attemptCard(tried, index) {
  const outcome = tried.status === null ? (tried.error ?? 'no answer') : `${tried.status} ${tried.error ?? ''}`
  return h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'inline' },
      h('strong', {}, `#${index + 1}`),
      h('span', { class: statusTone(tried.status) }, outcome),
      h('span', { class: 'muted' }, milliseconds(tried.durationMs)),
      tried.fault ? badge(tried.fault, 'warn') : null,
    ),
    facts([
      ['at', dateTime(tried.at)],
      ['serial', h('code', {}, tried.serial ?? '')],
    ]),
  )
}

export function notificationDetails(item) {
  return [
    h('h3', {}, item.eventType),
    h('p', { class: 'buttons' }, state(item), resendButton(item)),
    facts([
      ['out_trade_no', h('code', {}, item.outTradeNo ?? '')],
      ['notify_url', h('code', {}, item.url)],
      ['id', h('code', {}, item.id)],
      ['next attempt', dueFact(item.nextAttemptAt)],
    ]),
    h('h4', {}, `Attempts (${item.attempts.length})`),
    ...item.attempts.map(attemptCard),
    item.attempts.length === 0 ? h('p', { class: 'muted' }, 'none yet') : null,
  ]
}
