import { control } from './api.js'
import { attempt, badge, byId, facts, h, say, term } from './dom.js'
import { dateTime, span, yuan } from './format.js'
import { all, onChange, put } from './store.js'

/** What WeChat's staff can change; empty is null: no bound, or everybody. */
const TEXTS = [
  { name: 'opensAt', what: 'opens (活动开始)', hint: 'no bound; or 2026-01-02T00:00:00+08:00' },
  { name: 'closesAt', what: 'closes (活动结束)', hint: 'no bound' },
  { name: 'whitelist', what: 'only for openids', hint: 'everybody; or o-one, o-two' },
]

const textOf = (value) => (Array.isArray(value) ? value.join(', ') : (value ?? ''))

function memberOf(name, text) {
  if (text.trim() === '') return null
  return name === 'whitelist' ? text.split(/[\s,]+/).filter(Boolean) : text.trim()
}

function changeForm(template) {
  const { mchid, cardTemplateId } = template
  const fieldId = (name) => `template-${mchid}-${cardTemplateId}-${name}`
  const save = async () => {
    const texts = TEXTS.map(({ name }) => [name, memberOf(name, byId(fieldId(name)).value)])
    const body = { isActive: byId(fieldId('isActive')).checked, ...Object.fromEntries(texts) }
    put('card-template', await control('PUT', `discount-card/templates/${encodeURIComponent(cardTemplateId)}`, body))
    say('Template saved')
  }
  const fields = [
    h('label', { for: fieldId('isActive') }, 'active (激活)'),
    h('input', { id: fieldId('isActive'), type: 'checkbox', checked: template.isActive }),
    ...TEXTS.flatMap(({ name, what, hint }) => [
      h('label', { for: fieldId(name) }, what),
      h('input', { id: fieldId(name), value: textOf(template[name]), placeholder: hint }),
    ]),
  ]
  return h(
    'form',
    { onsubmit: attempt(save) },
    h('div', { class: 'fields' }, fields),
    h('button', { class: 'small' }, 'Save'),
  )
}

const goalOf = ({ name, count, unit }) => `${name}: ${count}${unit}`
const rewardOf = ({ name, countType, count, unit, amountFen }) =>
  `${name}: at most ${yuan(amountFen)}${countType === 'COUNT_LIMIT' ? `, ${count}${unit}` : ''}`

function templateCard(template) {
  const { mchid, cardTemplateId, name, isActive, objectives, rewards } = template
  const cards = all('card').filter((card) => card.mchid === mchid && card.cardTemplateId === cardTemplateId)
  const taken = cards.filter(({ state }) => state !== 'PREPARED')
  return h(
    'div',
    { class: 'card' },
    h(
      'div',
      { class: 'inline' },
      h('strong', {}, name),
      badge(isActive ? '已激活 active' : '未激活 not active', isActive ? 'good' : 'mute'),
    ),
    facts([
      ['goals', objectives.map(goalOf).join(' · ')],
      ['rewards', rewards.map(rewardOf).join(' · ')],
      ['period', `${span(template.durationSeconds)} from taking it`],
      ['taken', `${taken.length} of ${cards.length} that were prepared`],
      ['card_template_id', h('code', {}, cardTemplateId)],
      ['made', dateTime(template.createdAt)],
    ]),
    changeForm(template),
  )
}

function draw() {
  const templates = all('card-template')
  byId('templates').replaceChildren(
    h('h3', {}, `Discount card templates (${templates.length}) `, term('先享卡模板')),
    h('p', { class: 'muted' }, 'In life WeChat’s staff make and change them. Cards are in the list Cards.'),
    ...templates.map(templateCard),
    templates.length === 0 ? h('p', { class: 'muted' }, 'none yet: POST /_sim/discount-card/templates') : '',
  )
}

/** The fields of a template are not drawn again while somebody types. */
const isEdited = () => byId('templates').contains(document.activeElement) && document.activeElement.matches('input')

export function templatesPanel() {
  onChange(({ type }) => {
    if (type === 'card-template' || (type === 'card' && !isEdited())) draw()
  })
  draw()
}
