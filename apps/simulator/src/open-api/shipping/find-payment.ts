import type { StoredTransaction } from '../../kernel/transactions.ts'
import type { World } from '../../kernel/world.ts'

interface Numbers {
  readonly transactionId?: string | undefined
  readonly mchid?: string | undefined
  readonly outTradeNo?: string | undefined
}

/** The paid order of that number, as soon as 发货信息管理 knows it: 支付后订单需要入库. */
export function findPayment(
  world: World,
  { transactionId, mchid, outTradeNo }: Numbers,
): StoredTransaction | undefined {
  const found =
    transactionId === undefined
      ? world.transactions.find(mchid ?? '', outTradeNo ?? '')
      : world.merchants
          .map((merchant) => world.transactions.findByTransactionId(merchant.mchid, transactionId))
          .find((transaction) => transaction !== undefined)
  if (!found || found.successAtMs === null) return undefined
  const knownAtMs = found.successAtMs + world.switches.shippingLagSeconds * 1000
  return knownAtMs <= world.clock.nowMs() ? found : undefined
}
