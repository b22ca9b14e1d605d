import { inTransaction } from '../kernel/db.ts'
import type { Evidence } from '../ledger/compare.ts'
import type { RefundEvidence } from '../ledger/compare-refund.ts'
import { openCharge } from '../ledger/open.ts'
import { lockCharge } from '../ledger/repository.ts'
import { type Reserved, type ReserveRefund, reserveRefund } from '../ledger/reserve-refund.ts'
import { settle } from '../ledger/settle.ts'
import type { Charge, Refund } from '../ledger/table.ts'
import { insertOrder, type TestDb } from './database.ts'
import { effects } from './effects.ts'

/** The books at one moment, without WeChat Pay: charges that are paid, refunds of them, evidence about both. */
export function openLedger({ db }: Pick<TestDb, 'db'>, now: Date) {
  const charge = (id: string): Promise<Charge> =>
    db.selectFrom('charge').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const open = async (amountFen = 1000): Promise<Charge> => {
    const order = await insertOrder(db, { now, amountFen })
    const { id: subjectId, mchid, appid, openid, description, expires_at: expiresAt } = order
    const who = { source: 'payments', purpose: 'order', subjectId, mchid, appid, openid } as const
    return inTransaction(db, (tx) =>
      openCharge(tx, { ...who, amountFen, description, expiresAt }, { now, nextQueryAt: now }),
    )
  }
  return {
    charge,
    open,
    /** A charge that paid its order at `successTime`. */
    async paid(amountFen = 1000, successTime = now): Promise<Charge> {
      const opened = await open(amountFen)
      await inTransaction(db, (tx) => settle(tx, { evidence: paymentOf(opened, successTime), effects, now }))
      return charge(opened.id)
    },
    reserve: (chargeId: string, wanted: Partial<ReserveRefund> = {}): Promise<Reserved> =>
      inTransaction(db, async (tx) =>
        reserveRefund(tx, { ...ordinary, charge: await lockCharge(tx, chargeId), ...wanted }, now),
      ),
    async reserved(chargeId: string, wanted: Partial<ReserveRefund> = {}): Promise<Refund> {
      const result = await this.reserve(chargeId, wanted)
      if (result.kind !== 'reserved') throw new Error(`not reserved: ${result.kind}`)
      return result.refund
    },
    refund: (id: string): Promise<Refund> =>
      db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    refundsOf: (chargeId: string): Promise<Refund[]> =>
      db.selectFrom('refund').selectAll().where('charge_id', '=', chargeId).orderBy('id').execute(),
    movementsOf: (chargeId: string) =>
      db.selectFrom('movement').selectAll().where('charge_id', '=', chargeId).where('kind', '=', 'refund').execute(),
    anomaliesOf: (outTradeNo: string) =>
      db.selectFrom('anomaly').selectAll().where('out_trade_no', '=', outTradeNo).orderBy('kind').execute(),
  }
}

export type Ledger = ReturnType<typeof openLedger>

const ordinary = {
  amountFen: 100,
  cause: 'merchant',
  reason: '顾客改期',
  requestedBy: 'Lin',
  state: 'waiting',
} as const

export const paymentOf = (charge: Charge, successTime: Date): Evidence => ({
  mchid: charge.mchid,
  outTradeNo: charge.out_trade_no,
  transactionId: `4200${charge.out_trade_no.slice(0, 24)}`,
  amountFen: charge.amount_fen,
  currency: 'CNY',
  appid: charge.appid,
  openid: charge.openid,
  successTime,
  proof: 'notification',
})

/** What WeChat Pay may say about a refund; of SUCCESS with its time. */
export const evidenceOf = (
  charge: Charge,
  refund: Pick<Refund, 'out_refund_no' | 'amount_fen'>,
  status: RefundEvidence['status'],
  change: Partial<RefundEvidence> = {},
): RefundEvidence => ({
  mchid: charge.mchid,
  outTradeNo: charge.out_trade_no,
  transactionId: charge.transaction_id ?? '',
  outRefundNo: refund.out_refund_no,
  refundId: `5030${refund.out_refund_no.slice(-24)}`,
  amountFen: refund.amount_fen,
  status,
  successTime: status === 'SUCCESS' ? new Date('2026-11-21T10:05:00Z') : null,
  receivedAccount: '支付用户零钱',
  proof: 'notification',
  ...change,
})
