import { actButton } from './act.js'
import { control } from './api.js'
import { dueFact } from './clock.js'
import { attempt, facts, h, say, stateBadge, term } from './dom.js'
import {
  CANCEL_TYPES,
  DETAIL_STATES,
  dateTime,
  lessonsOf,
  ORDER_PHASES,
  SIGN_STATES,
  timeOfDay,
  yuan,
} from './format.js'
import { listOf, onlyButton } from './list.js'
import { all, put } from './store.js'

const planOf = ({ planId }) => all('payscore-plan').find((plan) => plan.planId === planId)

function signButton({ merchantSignPlanNo, state }) {
  const path = `payscore/sign-plans/${encodeURIComponent(merchantSignPlanNo)}`
  const common = { kind: 'payscore-sign-plan' }
  if (state === 'UNSIGNED') {
    const title = `Sign ${merchantSignPlanNo} as the user`
    return actButton({ ...common, path: `${path}/sign`, name: '签约 Sign', title, primary: true })
  }
  if (state !== 'SIGNED') return null
  return actButton({ ...common, path: `${path}/cancel`, name: '取消 Cancel', title: `Cancel ${merchantSignPlanNo}` })
}

/** 解除授权: every plan that this user signed for the service. */
function revokeButton({ openid, state, ...signPlan }) {
  const serviceId = planOf(signPlan)?.serviceId
  if (state !== 'SIGNED' || !serviceId) return null
  const revoke = async () => {
    const { signPlans } = await control('POST', 'payscore/revoke-service', { openid, serviceId })
    for (const one of signPlans) put('payscore-sign-plan', one)
    say(`Service revoked. Signed plans that ended: ${signPlans.length}`)
  }
  return h('button', { type: 'button', class: 'small', onclick: attempt(revoke) }, '解除授权 Revoke the service')
}

export function signPlanList() {
  listOf({
    kind: 'payscore-sign-plan',
    into: 'sign-plans',
    columns: [
      { title: 'Time', class: 'time', width: '84', cell: (item) => timeOfDay(item.createdAt) },
      {
        title: 'merchant_sign_plan_no',
        class: 'mono',
        cell: ({ merchantSignPlanNo }) => h('span', { title: merchantSignPlanNo }, merchantSignPlanNo),
      },
      { title: 'Lesson', class: 'number', width: '70', cell: (item) => `${item.goingNo} of ${item.details.length}` },
      { title: 'State', width: '176', cell: ({ state }) => stateBadge(SIGN_STATES, state) },
      { title: 'User', class: 'mono', width: '110', cell: ({ openid }) => h('span', { title: openid }, openid) },
      { title: '', width: '112', cell: (item) => signButton(item) ?? '' },
    ],
    label: (item) => `Signed plan ${item.merchantSignPlanNo}, lesson ${item.goingNo}, ${item.state}`,
    empty: () => [
      h('p', {}, 'Nobody was asked to sign a plan yet: POST /v3/payscore/sign-plan/user-sign-plans makes one.'),
      h('p', {}, 'The plan itself comes first; a whole course in curl is in docs/simulator.md.'),
    ],
  })
}

/** What may be done to a service order that WeChat collects. */
function orderButtons({ outOrderNo, phase }) {
  if (phase !== 'paying') return []
  const path = `payscore/orders/${encodeURIComponent(outOrderNo)}`
  const common = { kind: 'payscore-order' }
  const deduct = (result) => ({ ...common, path: `${path}/deduct`, body: { result } })
  return [
    actButton({ ...deduct('succeed'), name: '扣款成功 Deduct', title: `Deduct ${outOrderNo} now`, primary: true }),
    actButton({ ...deduct('fail'), name: '扣款失败 Fail', title: `Let the deduction of ${outOrderNo} fail` }),
    actButton({ ...common, path: `${path}/pay`, name: '支付 Pay', title: `Pay ${outOrderNo} as the user` }),
  ]
}

function orderFacts(order) {
  return [
    ['out_order_no', h('code', {}, order.outOrderNo)],
    ['order', stateBadge(ORDER_PHASES, order.phase)],
    ['sum', order.totalFen === null ? null : yuan(order.totalFen)],
    ['attempts', order.attempts === 0 ? null : String(order.attempts)],
    ['next attempt', dueFact(order.deductAt)],
    ['paid', order.paidAt ? `${dateTime(order.paidAt)} ${order.paidType}` : null],
    ['transaction_id', order.transactionId ? h('code', {}, order.transactionId) : null],
    ['completed', order.completedAt ? dateTime(order.completedAt) : null],
    ['cancelled', order.cancelledAt ? dateTime(order.cancelledAt) : null],
  ]
}

function lessonCard({ no, name, originalFen, actualFen, discount, state, order }) {
  const price = originalFen === actualFen ? yuan(actualFen) : `${yuan(actualFen)}, was ${yuan(originalFen)}`
  const buttons = order ? orderButtons(order) : []
  return h(
    'div',
    { class: 'card' },
    h('div', { class: 'inline' }, h('strong', {}, `${no}. ${name}`), stateBadge(DETAIL_STATES, state)),
    h('p', { class: 'muted' }, discount ? `${price} (${discount})` : price),
    order ? facts(orderFacts(order)) : null,
    buttons.length > 0 ? h('p', { class: 'buttons' }, buttons) : null,
  )
}

export function signPlanDetails(item) {
  const plan = planOf(item)
  const lessons = plan ? lessonsOf(plan, item, all('payscore-order')) : []
  return [
    h('h3', {}, plan?.name ?? item.merchantSignPlanNo),
    h(
      'p',
      { class: 'buttons' },
      signButton(item),
      revokeButton(item),
      onlyButton(item.merchantSignPlanNo, 'Show only this plan'),
    ),
    facts([
      [h('span', {}, 'state ', term('签约状态')), stateBadge(SIGN_STATES, item.state)],
      ['ended', CANCEL_TYPES[item.cancelType]],
      ['reason', item.cancelReason],
      [h('span', {}, 'total ', term('总金额')), plan ? yuan(plan.totalActualFen) : null],
      ['merchant_sign_plan_no', h('code', {}, item.merchantSignPlanNo)],
      ['sign_plan_id', h('code', {}, item.signPlanId)],
      ['openid', h('code', {}, item.openid)],
      ['mchid', h('code', {}, item.mchid)],
      ['package', item.package ? h('code', {}, item.package) : null],
      ['made', dateTime(item.createdAt)],
      ['signed', item.signedAt ? dateTime(item.signedAt) : null],
      ['over', item.overAt ? dateTime(item.overAt) : null],
      ['cancelled', item.cancelledAt ? dateTime(item.cancelledAt) : null],
    ]),
    h('h4', {}, `Lessons (${lessons.length}) `, term('计划详情')),
    ...lessons.map(lessonCard),
  ]
}
