import type { BothBooks } from '../chaos/books.ts'
import { findViolations, sum, sumAt } from '../chaos/invariants.ts'
import type { Drill } from './restore.ts'

/** Sentences about a restore to an earlier moment, each true or not. */
export function explain(drill: Drill): { readonly lines: readonly string[]; readonly wrong: readonly string[] } {
  const all = Object.entries(sentences).map(([sentence, holds]) => ({ sentence, found: holds(drill) }))
  return {
    lines: all.filter(({ found }) => found.length === 0).map(({ sentence }) => sentence),
    wrong: all.filter(({ found }) => found.length > 0).map(({ sentence, found }) => `${sentence}: ${found.join('; ')}`),
  }
}

/** What is true of books that forgot the last minutes; the others compare them with WeChat Pay's. */
const aloneFalse = [
  'every payment at WeChat is in our books, with its amount',
  'every refund at WeChat is in our books, and the other way round',
  'the sum of what moved is the same on both sides',
  'nothing is left undecided',
  'every notification that was accepted was stored',
]
/** Orders that nobody here knows stay unknown, and notifications that were accepted are not sent again. */
const forEver = [
  'every payment at WeChat is in our books, with its amount',
  'the sum of what moved is the same on both sides',
  'every notification that was accepted was stored',
]
const witness = { told: { orders: [], paid: [], lessons: [], refunds: [] }, liedAbout: new Set<string>() }

type Sentence = (drill: Drill) => readonly string[]

export const sentences: Readonly<Record<string, Sentence>> = {
  'the restored books are whole: no half rows, no refund above its payment': ({ restored }) =>
    findViolations(restored, witness, aloneFalse),
  'what happened before the moment is there, what happened after it is not': ({ restored, sales }) => {
    const is = { kept: 'paid', refundLost: 'paid', refundUnsent: 'paid', paymentLost: 'pending', orderLost: undefined }
    const wrong = Object.entries(sales).filter(([name, { id }]) => stateOf(restored, id) !== Reflect.get(is, name))
    return [
      ...wrong.map(([name, { id }]) => `${name} is ${stateOf(restored, id)}`),
      ...(refundsOf(restored, sales.refundLost).length === 0 ? [] : ['the refund after the moment is there']),
    ]
  },
  'a payment of the lost minutes is found by asking': ({ asked, sales }) =>
    stateOf(asked, sales.paymentLost.id) === 'paid' ? [] : ['it is not paid'],
  'a refund that was sent in the lost minutes keeps its number: WeChat Pay has it once': ({ asked, sales }) => {
    const ours = refundsOf(asked, sales.refundUnsent)
    const theirs = asked.wechat.refunds.filter(({ outTradeNo }) => outTradeNo === sales.refundUnsent.outTradeNo)
    const same = ours.length === 1 && theirs.length === 1 && ours[0]?.outRefundNo === theirs[0]?.outRefundNo
    return same && ours[0]?.state === 'succeeded' ? [] : [JSON.stringify({ ours, theirs })]
  },
  'a refund that was made in the lost minutes is unknown until the bills, which adopt it': ({
    asked,
    billed,
    sales,
  }) => {
    const [before, after] = [refundsOf(asked, sales.refundLost), refundsOf(billed, sales.refundLost)]
    const [one] = after
    return before.length === 0 && after.length === 1 && one?.cause === 'foreign' && one.state === 'succeeded'
      ? []
      : [JSON.stringify({ before, after })]
  },
  'an order of the lost minutes is a difference of its amount, and the only one': ({ differences, sales }) => {
    const { outTradeNo, amountFen } = sales.orderLost
    const found = differences.filter((one) => one.kind === 'payment_missing_here')
    const [one] = found
    return found.length === 1 && one?.outTradeNo === outTradeNo && one.deltaFen === amountFen
      ? []
      : [JSON.stringify(differences)]
  },
  'every fen by which the books differ is named by a difference': ({ billed, differences }) => {
    const missing = sumAt(billed.wechat) - sum(billed.movements.map(({ amountFen }) => amountFen))
    const named = sum(differences.filter(({ kind }) => /^(payment|refund)/.test(kind)).map((one) => one.deltaFen))
    return missing === named ? [] : [`${missing} fen, and ${named} are named`]
  },
  'nothing was collected, granted or given back twice': ({ billed }) => findViolations(billed, witness, forEver),
}

const stateOf = ({ orders }: BothBooks, id: string) => orders.find((order) => order.id === id)?.state

function refundsOf({ charges, refunds }: BothBooks, { outTradeNo }: { readonly outTradeNo: string }) {
  const charge = charges.find((one) => one.outTradeNo === outTradeNo)
  return refunds.filter(({ chargeId }) => chargeId === charge?.id)
}
