import { control } from './api.js'
import { attempt, byId, h, say } from './dom.js'
import { dateTime, span, until } from './format.js'
import { all, onChange } from './store.js'

const STEPS = [
  ['+1 min', 60],
  ['+5 min', 300],
  ['+30 min', 1800],
  ['+2 h', 7200],
  ['+24 h', 86_400],
]

// Difference between the simulator's business time and this browser's clock.
let aheadMs = 0
const nowMs = () => Date.now() + aheadMs

/** Counts down to a moment of business time. */
export const dueTime = (instant) =>
  instant ? h('span', { 'data-due': instant, class: 'number' }, until(instant, nowMs())) : ''

/** … in words: when, and how long until then. */
export const dueFact = (instant) => (instant ? h('span', {}, dateTime(instant), ' · ', dueTime(instant)) : null)

function tick() {
  const now = dateTime(nowMs())
  for (const element of [byId('now'), byId('clock-now')]) if (element) element.textContent = now
  for (const element of document.querySelectorAll('[data-due]')) {
    element.textContent = until(element.dataset.due, nowMs())
  }
}

function show({ now, offsetSeconds }) {
  aheadMs = new Date(now).getTime() - Date.now()
  byId('offset').textContent = offsetSeconds === 0 ? 'real time' : `+${span(offsetSeconds)}`
  tick()
}

const refresh = async () => show(await control('GET', 'clock'))

async function advance(seconds) {
  const moved = await control('POST', 'clock/advance', { seconds })
  show(moved)
  say(`Advanced ${span(seconds)}: ${moved.deliveries} deliveries made on the way`)
}

/** Seconds to the first attempt that waits. */
function secondsToNext() {
  const due = all('notification').flatMap(({ nextAttemptAt }) => (nextAttemptAt ? [new Date(nextAttemptAt)] : []))
  return due.length === 0 ? null : Math.max(1, Math.ceil((Math.min(...due) - nowMs()) / 1000))
}

async function advanceToNext() {
  const seconds = secondsToNext()
  if (seconds === null) say('No notification waits for another attempt')
  else await advance(seconds)
}

function advanceField() {
  const amount = h('input', {
    type: 'number',
    name: 'amount',
    min: 1,
    value: 15,
    required: true,
    'aria-label': 'Amount',
  })
  const units = [
    ['seconds', 1],
    ['minutes', 60],
    ['hours', 3600],
    ['days', 86_400],
  ]
  const unit = h(
    'select',
    { 'aria-label': 'Unit' },
    units.map(([name, size]) => h('option', { value: size }, name)),
  )
  const submit = attempt(() => advance(Number(amount.value) * Number(unit.value)))
  return h('form', { class: 'inline', onsubmit: submit }, amount, unit, h('button', { class: 'primary' }, 'Advance'))
}

export function clockPanel() {
  const steps = STEPS.map(([text, seconds]) =>
    h('button', { type: 'button', onclick: attempt(() => advance(seconds)) }, text),
  )
  const next = h('button', { type: 'button', onclick: attempt(advanceToNext) }, 'To the next notification attempt')
  byId('clock').replaceChildren(
    h('h3', {}, 'Business time'),
    h('p', {}, h('time', { id: 'clock-now', class: 'bigclock' }, '–')),
    h(
      'p',
      { class: 'muted' },
      'Asia/Shanghai. Order expiry, prepay_id life and the retry ladder follow it. Signatures keep real time. It only goes forward, and every delivery that falls due is made on the way.',
    ),
    h('p', { class: 'buttons' }, steps),
    h('p', { class: 'buttons' }, next),
    advanceField(),
  )
  onChange(({ type }) => {
    if (type === 'clock') refresh().catch((error) => say(error.message))
  })
  setInterval(tick, 1000)
}
