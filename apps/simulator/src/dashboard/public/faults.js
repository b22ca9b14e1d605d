import { control } from './api.js'
import { attempt, badge, byId, h, say } from './dom.js'
import { FAULT_KINDS, remaining } from './fault-kinds.js'
import { find, onChange } from './store.js'

const MATCH = [
  { name: 'outTradeNo', hint: 'out_trade_no' },
  { name: 'outRefundNo', hint: 'out_refund_no' },
  { name: 'path', hint: '/v3/pay/* (answers)' },
  { name: 'method', hint: 'POST (answers)' },
  { name: 'eventType', hint: 'TRANSACTION.SUCCESS (deliveries)' },
]

const list = async () => (await control('GET', 'faults')).faults
const replace = async (faults) => draw((await control('PUT', 'faults', { faults })).faults)

function card(fault) {
  const { id, kind, match, count, fired, ...parameters } = fault
  const others = async () => (await list()).filter((one) => one.id !== id).flatMap(remaining)
  const release = () => control('POST', `faults/${encodeURIComponent(id)}/release`, {})
  const details = Object.entries({ ...match, ...parameters }).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  const spent = count !== undefined && fired >= count
  return h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'inline' },
      badge(kind, spent ? 'mute' : 'warn'),
      h('span', { class: 'muted' }, count === undefined ? `fired ${fired}` : `fired ${fired} of ${count}`),
      kind === 'hold-response'
        ? h('button', { type: 'button', class: 'small', onclick: attempt(release) }, 'Release')
        : null,
      h(
        'button',
        {
          type: 'button',
          class: 'small',
          onclick: attempt(async () => replace(await others())),
          'aria-label': `Remove ${kind}`,
        },
        'Remove',
      ),
    ),
    details.length > 0 ? h('p', { class: 'mono muted' }, details.join(' · ')) : null,
  )
}

function draw(faults) {
  byId('tab-faults').textContent = faults.length > 0 ? `Faults (${faults.length})` : 'Faults'
  byId('active-faults').replaceChildren(
    ...(faults.length > 0 ? faults.map(card) : [h('p', { class: 'muted' }, 'None: everything works. Add one below.')]),
  )
}

const field = (name, input) => [h('label', { for: input.id }, name), input]

function parameterField({ name, value, options, json }) {
  const id = `fault-${name}`
  const reader = json ? 'json' : typeof value
  if (options) {
    const choices = options.map((option) => h('option', { value: option }, option))
    return field(name, h('select', { id, name, 'data-reader': reader }, choices))
  }
  const type = typeof value === 'number' ? 'number' : 'text'
  return field(name, h('input', { id, name, type, value, 'data-reader': reader, required: true }))
}

const readers = { number: Number, string: String, json: JSON.parse }

/** The form's fields as a fault of the control API. */
function readForm(form) {
  const fault = { kind: form.elements.kind.value, match: {} }
  for (const element of form.querySelectorAll('[data-reader]')) {
    fault[element.name] = readers[element.dataset.reader](element.value)
  }
  for (const { name } of MATCH) {
    const value = form.elements[name].value.trim()
    if (value) fault.match[name] = value
  }
  const probability = form.elements.probability.value
  return probability
    ? { ...fault, probability: Number(probability) }
    : { ...fault, count: Number(form.elements.count.value) }
}

function addForm() {
  const kinds = ['delivery', 'answer', 'refund', 'both'].map((on) =>
    h(
      'optgroup',
      { label: { delivery: 'Notification', answer: 'Answer', refund: 'Refund', both: 'Either' }[on] },
      FAULT_KINDS.filter((row) => row.on === on).map((row) => h('option', { value: row.kind }, row.kind)),
    ),
  )
  const kind = h('select', { id: 'fault-kind', name: 'kind', onchange: () => drawParameters() }, kinds)
  const what = h('small', {})
  const parameters = h('div', { class: 'fields' })
  const drawParameters = () => {
    const row = FAULT_KINDS.find((one) => one.kind === kind.value)
    const noun = { delivery: 'notification', answer: 'answer', refund: 'refund', both: 'message' }[row.on]
    what.textContent = `The ${noun} ${row.what}.`
    parameters.replaceChildren(...(row.parameters ?? []).flatMap(parameterField))
  }
  const add = async (event) => {
    await replace([...(await list()).flatMap(remaining), readForm(event.target)])
    say(`Added: ${kind.value}`)
  }
  drawParameters()
  return h(
    'form',
    { onsubmit: attempt(add) },
    h('div', { class: 'fields' }, h('label', { for: 'fault-kind' }, 'kind'), kind, what),
    parameters,
    h('div', { class: 'fields' }, ...limitFields(), ...MATCH.flatMap(matchField)),
    h('button', { class: 'primary' }, 'Add fault'),
  )
}

const limitFields = () => [
  ...field('count', h('input', { id: 'fault-count', name: 'count', type: 'number', min: 1, value: 1 })),
  ...field(
    'probability',
    h('input', {
      id: 'fault-probability',
      name: 'probability',
      type: 'number',
      min: 0,
      max: 1,
      step: 'any',
      placeholder: 'instead of count, 0 to 1',
    }),
  ),
]

const matchField = ({ name, hint }) =>
  field(name, h('input', { id: `match-${name}`, name, placeholder: `any, or ${hint}`, autocomplete: 'off' }))

export function faultsPanel() {
  byId('faults').replaceChildren(
    h(
      'h4',
      {},
      'Active',
      h('button', { type: 'button', class: 'small', onclick: attempt(() => replace([])) }, 'Clear all'),
    ),
    h('div', { id: 'active-faults' }),
    h('h4', {}, 'Add'),
    addForm(),
  )
  const refresh = () => list().then(draw, (error) => say(error.message))
  onChange(({ type, id }) => {
    const hit = id !== undefined && (type === 'refund' || JSON.stringify(find(type, id)).includes('"fault":"'))
    if (id === undefined || hit) refresh()
  })
}
