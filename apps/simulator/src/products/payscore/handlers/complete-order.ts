import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { InferOutput } from 'valibot'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { detailOf, finishOrder } from '../model/finish.ts'
import { moveOrder } from '../model/moves.ts'
import { startDeducting } from '../user/deduct.ts'
import { brokenLocation } from './order-rules.ts'
import { type Broken, broken, insist, type PayScoreRefuse, refusals } from './refusals.ts'
import { brokenRealTimes } from './times.ts'

type CompleteBody = InferOutput<typeof schema.CompleteBody>
type Sums = Pick<CompleteBody, 'post_payments' | 'post_discounts' | 'total_amount'>

/** 完结: the sum is known, and WeChat begins to collect it. Zero fen is DONE at once (DERIVED), without a notice. */
export function completeOrder(
  world: World,
  order: StoredServiceOrder,
  body: CompleteBody,
  refuse: PayScoreRefuse,
): void {
  const completeParameters = fingerprint(body)
  if (isRepeated(world, order, completeParameters, refuse)) return
  const location = body.location ? { ...order.location, ...body.location } : order.location
  const now = world.clock.now()
  insist(
    brokenSum(body) ??
      brokenBound(world, order, body) ??
      brokenRealTimes(order.timeRange, body.time_range ?? {}, now) ??
      brokenLocation(location ?? undefined),
    refuse,
  )
  const facts = {
    ...sumsOf(body),
    completeParameters,
    completedAtMs: now.getTime(),
    timeRange: { ...order.timeRange, ...body.time_range },
    location,
  }
  if (body.total_amount === 0) finishOrder(world, order, facts, now.getTime())
  else if (moveOrder(world, order, 'paying', facts)) startDeducting(world, order)
}

/** What was completed with other parameters is refused (seen); whether the same ones are answered again is a switch. */
function isRepeated(world: World, order: StoredServiceOrder, given: string, refuse: PayScoreRefuse): boolean {
  const { phase, completeParameters } = order
  if (phase === 'in_service') return false
  const isCompleted = phase === 'paying' || phase === 'done'
  if (!isCompleted || world.switches.payScoreCompleteAgain === 'refused') throw refuse(...refusals.NOT_COMPLETABLE)
  if (completeParameters === given) return true
  throw refuse(...(phase === 'done' ? refusals.ORDER_DONE : refusals.COMPLETED_OTHERWISE))
}

/** What comes without an amount counts as 0. */
export function brokenSum(body: Sums): Broken | undefined {
  const payments = body.post_payments.reduce((fen, { amount = 0 }) => fen + amount, 0)
  const discounts = (body.post_discounts ?? []).reduce((fen, { amount = 0 }) => fen + amount, 0)
  if (body.total_amount === payments - discounts) return undefined
  const issue = `must be ${payments - discounts}, the payments less the discounts`
  return broken('TOTAL_WRONG', '/total_amount', body.total_amount, issue)
}

/** GUESS: the user agreed to the price of the detail. */
function brokenBound(world: World, order: StoredServiceOrder, { total_amount: total }: Sums): Broken | undefined {
  if (world.switches.payScoreAboveDetail === 'accepted') return undefined
  const { signPlan, detail } = detailOf(world, order)
  const promised = world.payScore.planById(signPlan.planId)?.details.find(({ no }) => no === detail.no)
  if (!promised || total <= promised.actualFen) return undefined
  const issue = `must be at most ${promised.actualFen}, the actual_price of detail ${detail.no}`
  return broken('TOTAL_ABOVE_DETAIL', '/total_amount', total, issue)
}

export const sumsOf = (body: Sums) => ({
  payments: body.post_payments,
  discounts: body.post_discounts ?? [],
  totalFen: body.total_amount,
})
