import type { BothBooks, ChargeFacts, RefundFacts } from './books.ts'
import { ofCards } from './card-invariants.ts'
import { countBy } from './count-by.ts'
import { ofLessons } from './lesson-invariants.ts'
import type { Told } from './life.ts'

export interface Witness {
  readonly told: Told
  /** Numbers of which WeChat itself said CLOSED while they could be paid. */
  readonly liedAbout: ReadonlySet<string>
}

/** A guarantee, and the first things that break it. */
export type Invariant = (books: BothBooks, witness: Witness) => readonly string[]

/** Whatever was done and broken, when it is quiet again all of these hold. */
export const invariants: Readonly<Record<string, Invariant>> = {
  ...ofLessons,
  ...ofCards,
  'every payment at WeChat is in our books, with its amount'({ wechat, movements }) {
    const ours = new Map(payments(movements).map((movement) => [movement.providerRef, movement]))
    return paidAt(wechat).flatMap(({ outTradeNo, transactionId, amountFen }) => {
      const movement = ours.get(transactionId ?? '')
      if (!movement) return [`lost: ${outTradeNo}, ${amountFen} fen`]
      return movement.amountFen === amountFen ? [] : [`${outTradeNo}: ${movement.amountFen} fen, not ${amountFen}`]
    })
  },
  'every payment in our books is at WeChat, once'({ wechat, movements }) {
    const theirs = new Set(paidAt(wechat).map(({ transactionId }) => transactionId))
    const invented = payments(movements).filter(({ providerRef }) => !theirs.has(providerRef))
    return [...invented.map(({ providerRef }) => `invented: ${providerRef}`), ...doubles(payments(movements))]
  },
  'every refund at WeChat is in our books, and the other way round'({ wechat, refunds, movements }) {
    const ours = new Map(refunds.map((refund) => [refund.outRefundNo, refund]))
    const back = new Set(movements.filter(({ kind }) => kind === 'refund').map(({ providerRef }) => providerRef))
    const wrong = wechat.refunds.flatMap(({ outRefundNo, refundId, status, amountFen }) => {
      const state = ours.get(outRefundNo)?.state
      if (state !== stateOf[status]) return [`${outRefundNo} is ${status} there and ${state} here, ${amountFen} fen`]
      return (status === 'SUCCESS') === back.has(refundId) ? [] : [`${outRefundNo} has no movement, or one too many`]
    })
    const known = new Set(wechat.refunds.map(({ outRefundNo }) => outRefundNo))
    const invented = refunds.filter(({ state, outRefundNo }) => state in accepted && !known.has(outRefundNo))
    return [...wrong, ...invented.map(({ outRefundNo }) => `invented: ${outRefundNo}`)]
  },
  'the sum of what moved is the same on both sides'({ wechat, movements }) {
    const [theirs, ours] = [sumAt(wechat), sum(movements.map(({ amountFen }) => amountFen))]
    return theirs === ours ? [] : [`${theirs} fen there, ${ours} fen here`]
  },
  'an order is paid exactly when one charge settled it, and is fulfilled exactly then, once'({ orders, charges }) {
    const settled = countBy(charges.filter(({ settlement }) => settlement === 'settled'))
    return orders.flatMap(({ id, state, fulfilments }) => {
      const expected = state === 'paid' ? 1 : 0
      const found = settled.get(id) ?? 0
      return found === expected && fulfilments === expected
        ? []
        : [`${id}: ${state}, ${found} settled, ${fulfilments} granted`]
    })
  },
  'money for nothing went back, whole and once'({ charges, refunds }) {
    return charges
      .filter(({ settlement }) => settlement !== null && settlement !== 'settled')
      .flatMap((charge) => {
        const back = automatic(refunds, charge)
        const [first] = back
        if (back.length === 1 && first?.amountFen === charge.amountFen && first.state in ended) return []
        return [`${charge.outTradeNo} (${charge.settlement}): ${JSON.stringify(back)}`]
      })
  },
  'no more went back than came in'({ charges, refunds }) {
    return charges.flatMap(({ id, outTradeNo, amountFen, reservedFen }) => {
      const backFen = sum(
        refunds.filter((one) => one.chargeId === id && one.state in holding).map((one) => one.amountFen),
      )
      return backFen <= amountFen && reservedFen === backFen
        ? []
        : [`${outTradeNo}: ${backFen} of ${amountFen}, ${reservedFen} reserved`]
    })
  },
  'what we call closed cannot be paid'({ wechat, charges }, { liedAbout }) {
    const payable = new Set(
      wechat.transactions.filter((one) => one.tradeState === 'NOTPAY').map((one) => one.outTradeNo),
    )
    return charges
      .filter(({ state, outTradeNo }) => state === 'closed' && payable.has(outTradeNo) && !liedAbout.has(outTradeNo))
      .map(({ outTradeNo }) => `${outTradeNo} is closed here and payable there`)
  },
  'nothing is left undecided'({ orders, charges, refunds, cards }) {
    return [
      ...orders.filter(({ state }) => state === 'pending' || state === 'closing').map(({ id }) => `order ${id}`),
      ...charges.filter(({ state }) => state === 'opened' || state === 'closing').map(({ outTradeNo }) => outTradeNo),
      ...cards
        .filter(({ state }) => ['ongoing', 'settling', 'owing'].includes(state))
        .map(({ outCardCode }) => outCardCode),
      ...refunds.filter(({ state }) => state in undecided).map(({ outRefundNo, state }) => `${outRefundNo} ${state}`),
    ]
  },
  'every notification that was accepted was stored'({ wechat, inbox }) {
    return wechat.delivered.filter((id) => !inbox.has(id)).map((id) => `${id} was answered 2xx and is not there`)
  },
  'what people were told is true'({ orders, refunds, charges }, { told }) {
    const states = new Map(orders.map(({ id, state }) => [id, state]))
    const orderOf = new Map(charges.map(({ id, subjectId }) => [id, subjectId]))
    const asked = countBy(refunds.map(({ chargeId }) => ({ subjectId: orderOf.get(chargeId) ?? '' })))
    const promised = countBy(told.refunds.map(({ orderId }) => ({ subjectId: orderId })))
    return [
      ...told.orders.filter((id) => !states.has(id)).map((id) => `order ${id} is gone`),
      ...told.paid.filter((id) => states.get(id) !== 'paid').map((id) => `order ${id} was shown as paid`),
      ...[...promised].filter(([id, count]) => (asked.get(id) ?? 0) < count).map(([id]) => `a refund of ${id} is gone`),
    ]
  },
}

/** @returns `name: what broke it`, a few for each */
export function findViolations(books: BothBooks, witness: Witness, except: readonly string[] = []): readonly string[] {
  return Object.entries(invariants)
    .filter(([name]) => !except.includes(name))
    .flatMap(([name, check]) => {
      const broken = check(books, witness)
      return broken.slice(0, SHOWN).map((what) => `${name} — ${what}${more(broken.length)}`)
    })
}

const SHOWN = 3
const more = (count: number) => (count > SHOWN ? ` (one of ${count})` : '')

export const paidAt = ({ transactions }: BothBooks['wechat']) =>
  transactions.filter(({ tradeState }) => tradeState === 'SUCCESS' || tradeState === 'REFUND')

export const sumAt = (wechat: BothBooks['wechat']): number =>
  sum(paidAt(wechat).map(({ amountFen }) => amountFen)) -
  sum(wechat.refunds.filter(({ status }) => status === 'SUCCESS').map(({ amountFen }) => amountFen))

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const payments = (movements: BothBooks['movements']) => movements.filter(({ kind }) => kind === 'payment')

const doubles = (movements: BothBooks['movements']): string[] => {
  const seen = new Set<string>()
  return movements.flatMap(({ chargeId, providerRef }) => {
    if (!seen.has(chargeId)) return seen.add(chargeId) && []
    return [`double: ${providerRef}`]
  })
}

const automatic = (refunds: readonly RefundFacts[], { id, settlement }: ChargeFacts) =>
  refunds.filter(({ chargeId, cause }) => chargeId === id && cause === settlement)

const stateOf = { PROCESSING: 'processing', SUCCESS: 'succeeded', CLOSED: 'closed', ABNORMAL: 'abnormal' } as const
const accepted = { processing: 1, succeeded: 1, closed: 1, abnormal: 1 }
const undecided = { proposed: 1, waiting: 1, processing: 1, abnormal: 1 }
const ended = { succeeded: 1, closed: 1 }
/** A closed one gave its sum back to the charge. */
const holding = { proposed: 1, waiting: 1, processing: 1, abnormal: 1, succeeded: 1 }
