import type { StoredTransaction } from './transactions.ts'

/** 费率, as bills print it. */
export const FEE_RATE = '0.60%'

/** 应结订单金额: what WeChat settles to the merchant, without the coupons that it does not pay for (免充值). */
export const settlementTotalFen = ({ amountFen, coupon }: StoredTransaction): number =>
  amountFen - (coupon?.type === 'NOCASH' ? coupon.amountFen : 0)

/** 手续费 of what is settled. DERIVED from an official bill: whole fen (39.00% of 0.03 yuan is 0.01000), half a fen up. */
export const feeFenOfSettlement = (settlementFen: number): number => Math.floor((settlementFen * 6 + 500) / 1000)

export const feeFenOf = (transaction: StoredTransaction): number => feeFenOfSettlement(settlementTotalFen(transaction))
