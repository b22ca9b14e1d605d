import { countBy } from './count-by.ts'
import type { Invariant } from './invariants.ts'

/** What holds of lessons. */
export const ofLessons: Readonly<Record<string, Invariant>> = {
  'a lesson is paid exactly when one sum for it was collected, and never more than promised'({ lessons, charges }) {
    const settled = countBy(
      charges.filter(({ settlement, purpose }) => settlement === 'settled' && purpose === 'lesson'),
    )
    return lessons.flatMap(({ id, state, priceFen, amountFen, paidFen }) => {
      const isPaid = state === 'paid'
      const isRight = isPaid
        ? paidFen === amountFen && paidFen <= priceFen && (settled.get(id) ?? 0) <= 1
        : !settled.has(id) && paidFen === 0
      return isRight ? [] : [`${id}: ${state}, ${paidFen} of ${amountFen} fen, ${settled.get(id) ?? 0} settled`]
    })
  },
  'a lesson stands with us as at WeChat: charged or cancelled, never both'({ wechat, lessons }) {
    const orders = new Map(wechat.serviceOrders.map((order) => [order.outOrderNo, order]))
    return lessons.flatMap(({ outOrderNo, state }) => {
      const phase = orders.get(outOrderNo)?.phase
      return phase === phaseOfLesson[state] || (state === 'cancelled' && phase === undefined)
        ? []
        : [`${outOrderNo} is ${phase ?? 'unknown'} there and ${state} here`]
    })
  },
  'lessons are taken in order, one at a time'({ lessons }) {
    const bySignPlan = Map.groupBy(lessons, ({ signPlanId }) => signPlanId)
    return [...bySignPlan.values()].flatMap((course) => {
      const taken = course.filter(({ state }) => state !== 'unused')
      const isInOrder = taken.every(({ number }, i) => number === i + 1)
      const open = taken.filter(({ state }) => state !== 'paid' && state !== 'cancelled')
      return isInOrder && open.length <= 1 ? [] : [course.map(({ state }) => state).join(', ')]
    })
  },
  'what the shop was told of a lesson is true'({ lessons }, { told }) {
    const states = new Map(lessons.map(({ id, state }) => [id, state]))
    return told.lessons
      .filter(({ id, status }) => states.get(id) !== status)
      .map(({ id, status }) => `${id} was called ${status} and is ${states.get(id)}`)
  },
}

const phaseOfLesson: Readonly<Record<string, string>> = {
  in_service: 'in_service',
  deducting: 'paying',
  paid: 'done',
  cancelled: 'revoked',
}
