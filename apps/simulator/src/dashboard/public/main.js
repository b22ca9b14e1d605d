import { control } from './api.js'
import { templatesPanel } from './card-templates.js'
import { cardDetails, cardList } from './cards.js'
import { clockPanel } from './clock.js'
import { connectPanel } from './connect.js'
import { byId, h, say } from './dom.js'
import { faultsPanel } from './faults.js'
import { onSelect, setSearch } from './list.js'
import { notificationDetails, notificationList } from './notifications.js'
import { signPlanDetails, signPlanList } from './payscore.js'
import { plansPanel } from './payscore-plans.js'
import { requestDetails, requestList } from './requests.js'
import { find, follow, onChange } from './store.js'
import { switchesPanel } from './switches.js'
import { showTab, startTabs } from './tabs.js'
import { transactionDetails, transactionList } from './transactions.js'

const detailsOf = {
  request: requestDetails,
  transaction: transactionDetails,
  notification: notificationDetails,
  'payscore-sign-plan': signPlanDetails,
  card: cardDetails,
}
/** What stands in the details of something else: the refunds of an order, the plan and the orders of a signed plan, … */
const shownIn = {
  refund: 'transaction',
  'payscore-plan': 'payscore-sign-plan',
  'payscore-order': 'payscore-sign-plan',
  'card-template': 'card',
}
let shown = { kind: null, id: null }

function drawDetails() {
  const item = shown.kind && find(shown.kind, shown.id)
  const content = item ? detailsOf[shown.kind](item) : [h('p', { class: 'muted' }, 'Choose a row to see all of it.')]
  byId('details').replaceChildren(...content.filter(Boolean))
}

function startDetails() {
  drawDetails()
  onSelect((kind, id) => {
    shown = { kind, id }
    drawDetails()
    byId('details').scrollTop = 0
    showTab('details')
  })
  onChange(({ type, id }) => {
    const isShown = type === shown.kind && (id === undefined || id === shown.id)
    if (isShown || (shown.kind !== null && shownIn[type] === shown.kind)) drawDetails()
  })
}

function startSearch() {
  const field = byId('search')
  field.addEventListener('input', () => setSearch(field.value))
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.matches('input, select, textarea')) return
    event.preventDefault()
    field.focus()
  })
}

function startReset() {
  const dialog = byId('reset-dialog')
  byId('reset').addEventListener('click', () => dialog.showModal())
  dialog.addEventListener('close', () => {
    if (dialog.returnValue !== 'reset') return
    control('POST', 'reset').then(
      () => say('This world is empty'),
      (error) => say(error.message),
    )
  })
}

startTabs('tabs', 'connect')
startTabs('money', 'transactions')
startDetails()
startSearch()
startReset()
requestList()
transactionList()
signPlanList()
cardList()
notificationList()
clockPanel()
faultsPanel()
templatesPanel()
for (const panel of [connectPanel, plansPanel, switchesPanel]) panel().catch((error) => say(error.message))
follow((state, text) => {
  byId('live').dataset.state = state
  byId('live').textContent = text
})
