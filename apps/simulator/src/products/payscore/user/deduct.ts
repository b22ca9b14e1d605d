import { paymentChanges } from '../../../kernel/bookings.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { finishOrder } from '../model/finish.ts'
import { newCollection } from '../model/new-order.ts'
import { notifyPaid } from '../notify.ts'

/** While attempts fail, time must pass between them: a clock that is moved on would never arrive. */
const SHORTEST_WAIT_MS = 1000

/** From completing on, WeChat tries to deduct, again and again, until it is paid, revoked or synchronised. */
export function startDeducting(world: World, order: StoredServiceOrder): void {
  beginAttempt(world, order, world.clock.nowMs())
}

/** After a restart: goes on with what was under way. */
export function resumeDeductions(world: World): void {
  for (const order of world.payScore.orders()) schedule(world, order)
}

/** An attempt ends now, as the caller says, whether one was under way or not. @returns false when nothing is owed */
export function endAttempt(world: World, order: StoredServiceOrder, result: 'succeed' | 'fail', atMs: number): boolean {
  if (order.phase !== 'paying') return false
  if (result === 'succeed') return collect(world, order, 'AUTH', atMs)
  const waitMs = Math.max(world.switches.payScoreRetrySeconds * 1000, SHORTEST_WAIT_MS)
  set(world, order, { busyUntilMs: null, deductAtMs: atMs + waitMs })
  return true
}

/** Whether a deduction is under way: 单据正在扣款中. */
export const isBusy = ({ busyUntilMs }: StoredServiceOrder): boolean => busyUntilMs !== null

/** The one place where Pay Score takes money, also when the user pays by himself on WeChat's page (JSAPI). */
export function collect(
  world: World,
  order: StoredServiceOrder,
  tradeType: StoredTransaction['tradeType'],
  atMs: number,
): boolean {
  const transaction = newCollection(world, order, tradeType, atMs)
  const facts = { paidAtMs: atMs, paidType: 'NEWTON', transactionId: transaction.transactionId } as const
  if (!finishOrder(world, order, facts, atMs)) return false
  world.transactions.add(transaction)
  world.funds.book(...paymentChanges(transaction))
  notifyPaid(world, order, atMs)
  return true
}

function beginAttempt(world: World, order: StoredServiceOrder, atMs: number): void {
  const busyUntilMs = atMs + world.switches.payScoreDeductionSeconds * 1000
  set(world, order, { busyUntilMs, deductAtMs: null, attempts: order.attempts + 1 })
}

function set(world: World, order: StoredServiceOrder, facts: Partial<StoredServiceOrder>): void {
  Object.assign(order, facts)
  world.payScore.putOrder(order)
  schedule(world, order)
}

/** Found again by its number when due: a lying answer may have put copies in place of what is here now. */
function schedule(world: World, { mchid, outOrderNo, ...planned }: StoredServiceOrder): void {
  const dueMs = nextMs(planned)
  if (dueMs === null) return
  world.clock.schedule(dueMs, async () => {
    const order = world.payScore.order(mchid, outOrderNo)
    if (order && nextMs(order) === dueMs) goOn(world, order, dueMs)
    return 0
  })
}

const nextMs = ({ busyUntilMs, deductAtMs }: Pick<StoredServiceOrder, 'busyUntilMs' | 'deductAtMs'>): number | null =>
  busyUntilMs ?? deductAtMs

function goOn(world: World, order: StoredServiceOrder, dueMs: number): void {
  if (!isBusy(order)) beginAttempt(world, order, dueMs)
  else endAttempt(world, order, world.switches.payScoreDeduction === 'succeeds' ? 'succeed' : 'fail', dueMs)
}
