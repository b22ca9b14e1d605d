import { control } from './api.js'
import { attempt, byId, facts, h, say, stateBadge, term } from './dom.js'
import { dateTime, PLAN_STATES, yuan } from './format.js'
import { all, onChange } from './store.js'

let services = []

/** What WeChat's staff set for a service; a change is saved at once. */
const FLAGS = [
  { name: 'hasPlanPermission', what: 'may use plans (按计划确认)' },
  { name: 'isEnrolled', what: 'merchant enrolled (商户入驻)' },
]
const MAXIMA = [
  { name: 'planMaxDays', what: 'most days of a plan' },
  { name: 'planMaxDeductions', what: 'most lessons of a plan' },
]

function serviceCard(service) {
  const fieldId = (name) => `${service.serviceId}-${name}`
  const save = async () => {
    const flags = FLAGS.map(({ name }) => [name, byId(fieldId(name)).checked])
    const maxima = MAXIMA.map(({ name }) => [name, Number(byId(fieldId(name)).value)])
    const path = `payscore/services/${encodeURIComponent(service.serviceId)}`
    const saved = await control('PUT', path, Object.fromEntries([...flags, ...maxima]))
    services = services.map((one) => (one.serviceId === saved.serviceId ? saved : one))
    say('Service saved')
  }
  const fields = [
    ...FLAGS.flatMap(({ name, what }) => [
      h('label', { for: fieldId(name) }, what),
      h('input', { id: fieldId(name), type: 'checkbox', checked: service[name] }),
    ]),
    ...MAXIMA.flatMap(({ name, what }) => [
      h('label', { for: fieldId(name) }, what),
      h('input', { id: fieldId(name), type: 'number', min: 1, value: service[name], required: true }),
    ]),
  ]
  return h(
    'form',
    { class: 'card', onsubmit: attempt(save) },
    h('strong', {}, service.name),
    facts([['service_id', h('code', {}, service.serviceId)]]),
    h('div', { class: 'fields' }, fields),
    h('button', { class: 'small' }, 'Save'),
  )
}

const signersOf = ({ planId }) => all('payscore-sign-plan').filter((one) => one.planId === planId)

function planCard(plan) {
  const signers = signersOf(plan)
  const signed = signers.filter(({ signedAt }) => signedAt !== null)
  return h(
    'div',
    { class: 'card' },
    h('div', { class: 'inline' }, h('strong', {}, plan.name), stateBadge(PLAN_STATES, plan.state)),
    facts([
      ['total', `${yuan(plan.totalActualFen)}, was ${yuan(plan.totalOriginalFen)}`],
      ['lessons', plan.details.map(({ no, name, actualFen }) => `${no}. ${name} ${yuan(actualFen)}`).join(' · ')],
      ['days', String(plan.durationDays)],
      ['signed by', `${signed.length} of ${signers.length} who were asked`],
      ['merchant_plan_no', h('code', {}, plan.merchantPlanNo)],
      ['plan_id', h('code', {}, plan.planId)],
      ['made', dateTime(plan.createdAt)],
      ['stopped', plan.stoppedAt ? dateTime(plan.stoppedAt) : null],
    ]),
  )
}

function draw() {
  const plans = all('payscore-plan')
  byId('plans').replaceChildren(
    h('h3', {}, 'Pay Score plans ', term('支付分计划')),
    h('p', { class: 'muted' }, 'Who was asked to sign, and each lesson, is in the list Signed plans.'),
    h('h4', {}, `Services (${services.length}) `, term('支付分服务')),
    ...services.map(serviceCard),
    h('h4', {}, `Plans (${plans.length}) `, term('计划')),
    ...plans.map(planCard),
    plans.length === 0 ? h('p', { class: 'muted' }, 'none yet: POST /v3/payscore/plan/payscore-plans') : '',
  )
}

/** The fields of a service are not drawn again while somebody types. */
const isEdited = () => byId('plans').contains(document.activeElement) && document.activeElement.matches('input')

export async function plansPanel() {
  const refresh = async () => {
    services = (await control('GET', 'payscore/services')).services
    draw()
  }
  onChange(({ type }) => {
    if (type === 'reset') refresh().catch((error) => say(error.message))
    else if (/^payscore-(sign-)?plan$/.test(type) && !isEdited()) draw()
  })
  await refresh()
}
